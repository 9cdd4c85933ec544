import { dateFormat } from './intl.ts';

type Length = 'short' | 'medium' | 'long' | 'full';

/** @param date - `YYYY-MM-DD`; no zone can shift it. */
export const formatDate = (date: string, locale: string, dateStyle: Length = 'medium'): string =>
  dateFormat(locale, { dateStyle, timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));

/** @param time - `HH:mm:ss`; whole minutes are shown without seconds. */
export const formatTime = (time: string, locale: string): string =>
  dateFormat(locale, { timeStyle: time.endsWith(':00') ? 'short' : 'medium', timeZone: 'UTC' }).format(
    new Date(`1970-01-01T${time}Z`),
  );

/** @param instant - ISO 8601 in UTC. */
export const formatDatetime = (
  instant: string,
  locale: string,
  timeZone: string,
  dateStyle: Length = 'medium',
): string => dateFormat(locale, { dateStyle, timeStyle: 'short', timeZone }).format(new Date(instant));
