import { clockTime, isCalendarDate } from '../calendar.ts';
import type { Reading } from '../kind.ts';
import { instantAt } from '../zoned.ts';
import { readDate, readTime } from './read-date.ts';

const withOffset = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?\s?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/** The years that four digits can say. */
const earliest = Date.parse('0001-01-01T00:00:00Z');
const latest = Date.parse('9999-12-31T23:59:59.999Z');

const canonical = (instant: number): string | null =>
  instant >= earliest && instant <= latest ? new Date(instant).toISOString() : null;

/**
 * Reads an instant of RFC 3339, whatever its offset.
 *
 * @returns `YYYY-MM-DDTHH:mm:ss.sssZ`, or null. Digits beyond milliseconds are cut off.
 */
export const readRfc3339 = (text: string): string | null => {
  const [, date, hours, minutes, seconds, fraction = '', sign, ahead = '0', aside = '0'] = withOffset.exec(text) ?? [];
  if (date === undefined || !isCalendarDate(date) || clockTime(Number(ahead), Number(aside)) === null) return null;
  const time = clockTime(Number(hours), Number(minutes), Number(seconds));
  if (time === null) return null;
  const offset = (Number(ahead) * 60 + Number(aside)) * 60_000;
  const wall = Date.parse(`${date}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}Z`);
  return canonical(wall - (sign === '-' ? -offset : offset));
};

/** A date and a time as people write them, on the clocks of the reading's zone; midnight when there is no time. */
const readWall = (text: string, reading: Pick<Reading, 'dates' | 'timeZone'>): string | null => {
  const found =
    /^(.*?\d{4}|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4})(?:(?:T|,?\s+(?:alle\s+|at\s+)?)(\d{1,2}(?:[:.]\d{2})?.*))?$/.exec(
      text,
    );
  const date = readDate(found?.[1] ?? '', reading.dates);
  const time = found?.[2] === undefined ? '00:00:00' : readTime(found[2]);
  if (date === null || time === null) return null;
  const fraction = /:\d\d[.,](\d{1,3})\d*$/.exec(text)?.[1] ?? '';
  return canonical(instantAt(`${date}T${time}.${fraction.padEnd(3, '0')}`, reading.timeZone));
};

/** Reads a date-time of a person or a file: with an offset as it says, without one in the reading's zone. */
export const readInstant = (text: string, reading: Pick<Reading, 'dates' | 'timeZone'>): string | null => {
  const typed = text.trim();
  const shortOffset = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d)(Z|[+-]\d\d:?\d\d)$/i.exec(typed);
  if (shortOffset) return readRfc3339(`${shortOffset[1]}:00${shortOffset[2]!.replace(/(\d\d)(\d\d)$/, '$1:$2')}`);
  return readRfc3339(typed) ?? readWall(typed, reading);
};
