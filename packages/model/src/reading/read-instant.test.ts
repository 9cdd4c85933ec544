import { equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readInstant, readRfc3339 } from './read-instant.ts';

const rome = { dates: 'dmy', timeZone: 'Europe/Rome' } as const;

const exact: readonly (readonly [string, string | null])[] = [
  ['2026-03-01T10:00:00Z', '2026-03-01T10:00:00.000Z'],
  ['2026-03-01t10:00:00z', '2026-03-01T10:00:00.000Z'],
  ['2026-03-01T10:00:00.1239+02:00', '2026-03-01T08:00:00.123Z'],
  ['2026-03-01T00:30:00+05:45', '2026-02-28T18:45:00.000Z'],
  ['2026-03-01T10:00:00-00:00', '2026-03-01T10:00:00.000Z'],
  ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
  ['0001-01-01T00:00:00+01:00', null],
  ['9999-12-31T23:59:59-01:00', null],
  ['2026-02-29T10:00:00Z', null],
  ['2026-03-01T24:00:00Z', null],
  ['2026-03-01T10:00:60Z', null],
  ['2026-03-01T10:00:00+24:00', null],
  ['2026-03-01T10:00:00', null],
  ['2026-03-01', null],
];

const local: readonly (readonly [string, string | null])[] = [
  ['2026-01-15T10:00', '2026-01-15T09:00:00.000Z'],
  ['2026-07-15 10:00:30', '2026-07-15T08:00:30.000Z'],
  ['15/7/2026 10:00', '2026-07-15T08:00:00.000Z'],
  ['15/7/2026, 2:30 pm', '2026-07-15T12:30:00.000Z'],
  ['15 luglio 2026 alle 10:00', '2026-07-15T08:00:00.000Z'],
  ['15/7/2026', '2026-07-14T22:00:00.000Z'],
  ['2026-07-15T10:00:00.250', '2026-07-15T08:00:00.250Z'],
  ['2026-07-15T10:00Z', '2026-07-15T10:00:00.000Z'],
  ['2026-07-15T10:00+0200', '2026-07-15T08:00:00.000Z'],
  // Clocks go from 2:00 to 3:00 that night: half past two becomes half past three
  ['29/3/2026 02:30', '2026-03-29T01:30:00.000Z'],
  ['29/3/2026 01:59', '2026-03-29T00:59:00.000Z'],
  ['29/3/2026 03:00', '2026-03-29T01:00:00.000Z'],
  // Clocks go back from 3:00 to 2:00: the first half past two counts
  ['25/10/2026 02:30', '2026-10-25T00:30:00.000Z'],
  ['25/10/2026 03:00', '2026-10-25T02:00:00.000Z'],
  ['32/1/2026 10:00', null],
  ['15/7/2026 25:00', null],
  ['soon', null],
];

describe('Reading an instant', () => {
  it('takes every offset of RFC 3339 and no day outside the calendar', () => {
    for (const [text, instant] of exact) equal(readRfc3339(text), instant, text);
  });

  it('takes local time in the zone of the reader', () => {
    for (const [text, instant] of local) equal(readInstant(text, rome), instant, text);
  });
});
