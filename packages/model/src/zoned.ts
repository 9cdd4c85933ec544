import { dateFormat } from './format/intl.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** What a clock in the zone shows, as if it stood in UTC. Milliseconds since 1970. */
const shown = (instant: number, timeZone: string): number => {
  const parts = dateFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant);
  const part = (type: string): number => Number(parts.find((candidate) => candidate.type === type)?.value);
  const before = parts.some(({ type, value }) => type === 'era' && value.startsWith('B'));
  const wall = new Date(0);
  wall.setUTCFullYear(before ? 1 - part('year') : part('year'), part('month') - 1, part('day'));
  wall.setUTCHours(part('hour'), part('minute'), part('second'));
  return wall.getTime() + (((instant % 1000) + 1000) % 1000);
};

/** How far the zone's clocks are ahead of UTC at an instant, in milliseconds. */
export const zoneOffset = (instant: number, timeZone: string): number => shown(instant, timeZone) - instant;

/**
 * The instant at which clocks in a zone show a date and time.
 *
 * A time that a change of clocks skips moves forward by what was skipped; of one that happens twice the first counts.
 *
 * @param wall - `YYYY-MM-DDTHH:mm:ss` with or without milliseconds, no offset.
 * @param timeZone - IANA name.
 * @returns Milliseconds since 1970.
 * @see RFC 5545, section 3.3.5, form 3
 */
export const instantAt = (wall: string, timeZone: string): number => {
  const utc = Date.parse(`${wall}Z`);
  const before = zoneOffset(utc - day, timeZone);
  const after = zoneOffset(utc + day, timeZone);
  const [first] = [utc - before, utc - after]
    .filter((instant) => shown(instant, timeZone) === utc)
    .toSorted((a, b) => a - b);
  return first ?? utc - before;
};

/** What clocks in a zone show at an instant: `YYYY-MM-DDTHH:mm:ss.sss`, no offset. */
export const wallTimeAt = (instant: number, timeZone: string): string =>
  new Date(shown(instant, timeZone)).toISOString().slice(0, -1);
