import { equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatDuration } from '../format/duration.ts';
import { readDuration } from './read-duration.ts';

const durations: readonly (readonly [string, number | null])[] = [
  ['PT1H30M', 5400],
  ['P1DT2H', 93_600],
  ['P1W', 604_800],
  ['-PT5M', -300],
  ['1:30', 5400],
  ['1:30:15', 5415],
  ['90m', 5400],
  ['90 min', 5400],
  ['1h 30m', 5400],
  ['1h30', null],
  ['1,5 h', 5400],
  ['1.5h', 5400],
  ['2 ore e 15 minuti', 8100],
  ['1 giorno', 86_400],
  ['3600', 3600],
  ['P1M', null],
  ['P1Y', null],
  ['P', null],
  ['PT', null],
  ['1:75', null],
  ['5 apples', null],
  ['about 5 h', null],
  ['', null],
];

describe('A duration', () => {
  it('is read in every form people write', () => {
    for (const [text, seconds] of durations) equal(readDuration(text), seconds, text);
  });

  it('is shown in hours and minutes', () => {
    equal(formatDuration(5400, 'it'), '1 h e 30 min');
    equal(formatDuration(5400, 'en'), '1 hr, 30 min');
    equal(formatDuration(0, 'it'), '0 min');
    equal(formatDuration(-60, 'it'), '−1 min');
  });
});
