import {
  addDays,
  addPeriods,
  monthStartOf,
  quarterStartOf,
  weekStartOf,
  yearStartOf,
  type DateRange,
  type PeriodUnit,
} from './periods-calendar.ts';

export type { DateRange, PeriodUnit } from './periods-calendar.ts';
export { todayIn, zonedDayStart, zonedRange } from './periods-zoned.ts';

/** What "this week" and "this fiscal year" depend on. */
export interface CalendarContext {
  /** `YYYY-MM-DD`, in the zone of whoever asks. */
  readonly today: string;
  /** 1 = Monday … 7 = Sunday. */
  readonly weekStart: number;
  /** The month in which the fiscal year begins; 1 = January. */
  readonly fiscalYearStart: number;
}

interface Calendar {
  readonly unit: PeriodUnit;
  start(context: CalendarContext): string;
}

/** The periods that follow each other without gaps, and where the present one began. */
const calendars: Readonly<Record<string, Calendar>> = {
  Week: { unit: 'week', start: ({ today, weekStart }) => weekStartOf(today, weekStart) },
  Month: { unit: 'month', start: ({ today }) => monthStartOf(today) },
  Quarter: { unit: 'quarter', start: ({ today }) => quarterStartOf(today, 1) },
  Year: { unit: 'year', start: ({ today }) => yearStartOf(today, 1) },
  FiscalQuarter: { unit: 'quarter', start: ({ today, fiscalYearStart }) => quarterStartOf(today, fiscalYearStart) },
  FiscalYear: { unit: 'year', start: ({ today, fiscalYearStart }) => yearStartOf(today, fiscalYearStart) },
};

const offsets: Readonly<Record<string, number>> = { last: -1, this: 0, next: 1 };

/** The relative periods that are offered for choosing; `last45Days`, `next2Weeks` and the like are understood as well. */
// prettier-ignore
export const relativePeriods = [
  'today', 'yesterday', 'tomorrow',
  'thisWeek', 'lastWeek', 'nextWeek',
  'thisMonth', 'lastMonth', 'nextMonth',
  'thisQuarter', 'lastQuarter', 'nextQuarter',
  'thisYear', 'lastYear', 'nextYear',
  'thisFiscalQuarter', 'lastFiscalQuarter', 'nextFiscalQuarter',
  'thisFiscalYear', 'lastFiscalYear', 'nextFiscalYear',
  'weekToDate', 'monthToDate', 'quarterToDate', 'yearToDate', 'fiscalQuarterToDate', 'fiscalYearToDate',
  'last7Days', 'last14Days', 'last30Days', 'last60Days', 'last90Days', 'last120Days',
  'next7Days', 'next14Days', 'next30Days', 'next60Days', 'next90Days', 'next120Days',
] as const;

export type RelativePeriod = (typeof relativePeriods)[number];

const dayOffsets: Readonly<Record<string, number>> = { yesterday: -1, today: 0, tomorrow: 1 };

const oneDay = (date: string): DateRange => ({ from: date, to: addDays(date, 1) });

/**
 * The last `n` days, weeks or months, today included: they end tonight, and may begin in the middle of a month.
 * Seven days and one week are the same.
 */
export const lastRange = (n: number, unit: PeriodUnit, { today }: CalendarContext): DateRange => {
  const to = addDays(today, 1);
  return { from: addDays(addPeriods(today, -n, unit), 1), to };
};

/** The next `n` days, weeks or months, today included. */
export const nextRange = (n: number, unit: PeriodUnit, { today }: CalendarContext): DateRange => ({
  from: today,
  to: addPeriods(today, n, unit),
});

const calendarRange = (name: string, offset: number, context: CalendarContext): DateRange => {
  const { unit, start } = calendars[name]!;
  const from = addPeriods(start(context), offset, unit);
  return { from, to: addPeriods(from, 1, unit) };
};

const capitalised = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

/**
 * The days that a relative period such as `thisWeek` or `last30Days` means today.
 *
 * @param token - One of `relativePeriods`, or `last` or `next` with a number and `Days`, `Weeks`, `Months`, `Quarters` or `Years`.
 * @returns Null for a token that means nothing.
 */
export const relativeRange = (token: string, context: CalendarContext): DateRange | null => {
  const { today } = context;
  if (Object.hasOwn(dayOffsets, token)) return oneDay(addDays(today, dayOffsets[token]!));
  const [, which = '', calendar = ''] = /^(last|this|next)((?:Fiscal)?[A-Z][a-z]+)$/.exec(token) ?? [];
  if (Object.hasOwn(calendars, calendar)) return calendarRange(calendar, offsets[which]!, context);
  const toDate = capitalised(/^(\w+)ToDate$/.exec(token)?.[1] ?? '');
  if (Object.hasOwn(calendars, toDate)) return { from: calendars[toDate]!.start(context), to: addDays(today, 1) };
  const [, side, n, unit] = /^(last|next)([1-9]\d{0,3})(Day|Week|Month|Quarter|Year)s$/.exec(token) ?? [];
  if (!unit) return null;
  return (side === 'last' ? lastRange : nextRange)(Number(n), unit.toLowerCase() as PeriodUnit, context);
};
