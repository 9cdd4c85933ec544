import type { Issue } from '../errors.ts';
import { fiscalYearOf } from './periods-fiscal.ts';

/** When a series begins anew. */
export type SeriesReset = 'never' | 'year' | 'month' | 'fiscal_year';

/** A series of document numbers. */
export interface Series {
  /** `FATT`; stands where the template says `{prefix}`. */
  readonly prefix: string;
  /** Text with `{prefix}`, `{yyyy}`, `{yy}`, `{mm}`, `{dd}`, `{fy}` (fiscal year) and `{seq}` or `{seq:5}` (zeros in front). */
  readonly template: string;
  readonly start: number;
  readonly step: number;
  readonly reset: SeriesReset;
  /** The month in which the fiscal year begins; 1 = January. */
  readonly fiscalYearStart: number;
}

/** The one of a module that has no other. */
export const defaultSeries: Omit<Series, 'prefix'> = {
  template: '{prefix}{seq}',
  start: 1,
  step: 1,
  reset: 'never',
  fiscalYearStart: 1,
};

/** A number that was given out. */
export interface IssuedNumber {
  readonly sequence: number;
  /** The date of its document, `YYYY-MM-DD`. */
  readonly date: string;
}

const placeholder = /\{([a-z]+)(?::(\d+))?\}/g;

type Slot = (series: Series, sequence: number, date: string) => string;

const slots: Readonly<Record<string, Slot>> = {
  prefix: ({ prefix }) => prefix,
  yyyy: (_series, _sequence, date) => date.slice(0, 4),
  yy: (_series, _sequence, date) => date.slice(2, 4),
  mm: (_series, _sequence, date) => date.slice(5, 7),
  dd: (_series, _sequence, date) => date.slice(8),
  fy: ({ fiscalYearStart }, _sequence, date) => String(fiscalYearOf(date, fiscalYearStart)),
  seq: (_series, sequence) => String(sequence),
};

/** What a template must contain so that no number comes twice. */
const tellsApart: Readonly<Record<SeriesReset, (names: ReadonlySet<string>) => boolean>> = {
  never: () => true,
  year: (names) => names.has('yyyy') || names.has('yy'),
  month: (names) => (names.has('yyyy') || names.has('yy')) && names.has('mm'),
  fiscal_year: (names) => names.has('fy'),
};

/** The number as it is written: `FATT/{yyyy}/{seq:5}` gives `FATT/2026/00041`. Unknown placeholders stay as they are. */
export const formatNumber = (series: Series, sequence: number, date: string): string =>
  series.template.replaceAll(placeholder, (all, name: string, width: string | undefined) =>
    Object.hasOwn(slots, name) ? slots[name]!(series, sequence, date).padStart(Number(width ?? 0), '0') : all,
  );

/** Why a series cannot be used: it lacks its number, names what does not exist, or would repeat itself. */
export const seriesIssues = ({ template, reset, start, step }: Series): readonly Issue[] => {
  const names = new Set(Array.from(template.matchAll(placeholder), ([, name]) => name!));
  const rest = template.replaceAll(placeholder, '');
  const issues: Issue[] = [];
  if (!names.has('seq')) issues.push({ path: '/template', code: 'no-sequence' });
  if (/[{}]/.test(rest) || [...names].some((name) => !Object.hasOwn(slots, name)))
    issues.push({ path: '/template', code: 'unknown-placeholder' });
  if (!tellsApart[reset](names)) issues.push({ path: '/template', code: 'numbers-repeat' });
  if (!Number.isSafeInteger(start) || start < 0) issues.push({ path: '/start', code: 'number' });
  if (!Number.isSafeInteger(step) || step < 1) issues.push({ path: '/step', code: 'number' });
  return issues;
};

/**
 * Which counter gives the number of a document of this date; each counts on its own.
 *
 * @returns `2026` for a year, `2026-05` for a month, `FY2027` for a fiscal year, empty when the series never begins anew.
 */
export const counterOf = (
  { reset, fiscalYearStart }: Pick<Series, 'reset' | 'fiscalYearStart'>,
  date: string,
): string => {
  if (reset === 'year') return date.slice(0, 4);
  if (reset === 'month') return date.slice(0, 7);
  return reset === 'fiscal_year' ? `FY${fiscalYearOf(date, fiscalYearStart)}` : '';
};

/** @param last - The highest number of the counter so far; null when there is none. */
export const nextSequence = ({ start, step }: Pick<Series, 'start' | 'step'>, last: number | null): number =>
  last === null ? start : last + step;

/**
 * Whether a gapless series may give its next number to a document of this date: numbers follow dates.
 *
 * @param last - The last number of the same counter; null when there is none.
 * @returns Null when it may.
 */
export const issueRefusal = (date: string, last: IssuedNumber | null): Issue | null =>
  last !== null && date < last.date ? { path: '/date', code: 'before-last-number', params: { last: last.date } } : null;

/**
 * Whether a number of a gapless series may be voided: only the last one, since any other would leave a gap.
 *
 * @returns Null when it may.
 */
export const voidRefusal = (sequence: number, last: IssuedNumber): Issue | null =>
  sequence === last.sequence ? null : { path: '/number', code: 'not-last-number', params: { last: last.sequence } };

/** What stands for a number until the server gives one, to records made offline. */
export const localNumber = (id: string): string => `#local-${id.slice(-6)}`;
