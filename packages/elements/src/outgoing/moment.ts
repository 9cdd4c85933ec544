import { dateFormat } from '@tessera-crm/model/format/intl.js';

interface Place {
  readonly locale: string;
  readonly timeZone: string;
}

/** When something was: its time alone where that was today, else its date, too. @param now - Milliseconds since 1970. */
export const moment = (at: string, now: number, { locale, timeZone }: Place): string => {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  const day = dateFormat('en-CA', { dateStyle: 'short', timeZone });
  const isToday = day.format(date) === day.format(now);
  return dateFormat(locale, { ...(!isToday && { dateStyle: 'medium' }), timeStyle: 'short', timeZone }).format(date);
};
