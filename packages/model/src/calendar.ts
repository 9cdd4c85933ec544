const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Of the Gregorian calendar. @param month - 1 to 12. */
export const daysInMonth = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (monthLengths[month - 1] ?? 0);

const pad = (value: number, length = 2): string => String(value).padStart(length, '0');

/** `YYYY-MM-DD`, or null when there is no such day between the years 1 and 9999. */
export const calendarDate = (year: number, month: number, day: number): string | null =>
  year >= 1 && year <= 9999 && day >= 1 && day <= daysInMonth(year, month)
    ? `${pad(year, 4)}-${pad(month)}-${pad(day)}`
    : null;

/** `HH:mm:ss`, or null when no clock shows it. */
export const clockTime = (hour: number, minute: number, second = 0): string | null =>
  hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60
    ? `${pad(hour)}:${pad(minute)}:${pad(second)}`
    : null;

/** Whether it is `YYYY-MM-DD` and a day of the calendar. */
export const isCalendarDate = (text: string): boolean => {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  return day !== undefined && calendarDate(Number(year), Number(month), Number(day)) !== null;
};
