import type { Reading } from '@tessera-crm/model/kind.js';
import type { SourceRow } from './source-row.ts';

/** What the cells of a file say about how its numbers and dates are written. */
export interface DetectedReading {
  readonly decimal: Reading['decimal'];
  readonly dates: Reading['dates'];
  /** Whether days could as well be months: nothing in the file tells. */
  readonly isGuess: boolean;
}

const withComma = /^[-+]?(?:\d+,\d{1,2}|\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:[\s\u00a0']\d{3})+,\d+)\s*[€%]?$/;
const withPoint = /^[-+]?[$£]?(?:\d+\.\d{1,2}|\d{1,3}(?:,\d{3})+(?:\.\d+)?)\s*%?$/;
const slashed = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[T\s].*)?$/;
const yearFirst = /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}/;

/** @param fallback - What the tenant writes, for files that do not tell. */
export const detectReading = (
  rows: readonly SourceRow[],
  fallback: Pick<Reading, 'decimal' | 'dates'>,
): DetectedReading => {
  const found = { comma: 0, point: 0, dayFirst: 0, monthFirst: 0, either: 0, yearFirst: 0 };
  for (const cell of rows.flatMap(({ cells }) => Object.values(cells))) {
    const text = cell.trim();
    const date = slashed.exec(text);
    if (date) {
      const [first, second] = [Number(date[1]), Number(date[2])];
      found[first > 12 ? 'dayFirst' : second > 12 ? 'monthFirst' : 'either']++;
    } else if (yearFirst.test(text)) found.yearFirst++;
    else if (withComma.test(text)) found.comma++;
    else if (withPoint.test(text)) found.point++;
  }
  const isGuess = found.either > 0 && found.dayFirst === found.monthFirst;
  return {
    decimal: found.comma === found.point ? fallback.decimal : found.comma > found.point ? ',' : '.',
    dates:
      found.dayFirst > found.monthFirst ? 'dmy' : found.monthFirst > 0 && !isGuess ? 'mdy' : datesOf(found, fallback),
    isGuess,
  };
};

const datesOf = (
  { either, yearFirst: years }: { readonly either: number; readonly yearFirst: number },
  fallback: Pick<Reading, 'dates'>,
) => (either === 0 && years > 0 ? 'ymd' : fallback.dates);
