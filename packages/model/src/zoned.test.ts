import { equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { instantAt, wallTimeAt, zoneOffset } from './zoned.ts';

const hour = 3_600_000;
const zones = ['Europe/Rome', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC'];

const gaps: readonly (readonly [string, string, string])[] = [
  ['2026-03-08T02:30:00', 'America/New_York', '2026-03-08T07:30:00.000Z'],
  // Half an hour only
  ['2026-10-04T02:15:00', 'Australia/Lord_Howe', '2026-10-03T15:45:00.000Z'],
  // A whole day that never was
  ['2011-12-30T12:00:00', 'Pacific/Apia', '2011-12-30T22:00:00.000Z'],
];

describe('Local time', () => {
  it('moves forward out of a gap', () => {
    for (const [wall, zone, instant] of gaps) equal(new Date(instantAt(wall, zone)).toISOString(), instant, wall);
  });

  it('comes back from every instant, or from its first twin', () => {
    const instants = fc.integer({ min: Date.UTC(1975, 0, 1), max: Date.UTC(2060, 0, 1) });
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones), (instant, zone) => {
        const back = instantAt(wallTimeAt(instant, zone), zone);
        equal(wallTimeAt(back, zone), wallTimeAt(instant, zone));
        equal(back <= instant && instant - back <= hour, true);
      }),
    );
  });

  it('knows the offsets of the years before clocks were set by law', () => {
    equal(zoneOffset(Date.parse('0001-06-01T00:00:00Z'), 'Europe/Rome'), (49 * 60 + 56) * 1000);
    equal(zoneOffset(Date.parse('2026-07-01T00:00:00Z'), 'Asia/Kolkata'), 5.5 * hour);
  });
});
