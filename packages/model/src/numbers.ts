import { isDecimal } from './decimal.ts';
import type { Reading } from './kind.ts';

/** Thousands, and the lakhs of India: `1.234.567`, `12,34,567`. */
const grouped = /^[-+]?\d{1,3}(?:G\d{2,3})*G\d{3}$/;

/**
 * Takes the separators of thousands out of the part before the decimal point.
 *
 * @returns null when they stand where no thousands are.
 */
const ungrouped = (text: string, separator: string): string | null => {
  const marked = text.replaceAll(separator, 'G');
  if (!marked.includes('G')) return text;
  return grouped.test(marked) ? marked.replaceAll('G', '') : null;
};

/**
 * Reads a number as people and files write it: `1.234.567,89`, `1,234,567.89`, `1 234,5`, `'-12`.
 *
 * A separator of thousands that stands where no thousands are is taken for a decimal point, as whoever types `1.5`
 * on an Italian number pad means it.
 *
 * @returns A plain decimal string, or null when it is no number.
 */
export const readNumber = (text: string, reading: Pick<Reading, 'decimal'>): string | null => {
  const bare = text
    .trim()
    .replaceAll(/[\s\u00a0\u202f'’]/g, '')
    .replace('−', '-');
  const other = reading.decimal === ',' ? '.' : ',';
  const point = bare.includes(reading.decimal) || ungrouped(bare, other) !== null ? reading.decimal : other;
  const [whole = '', fraction, ...more] = bare.split(point);
  const integer = ungrouped(whole, point === ',' ? '.' : ',');
  if (integer === null || more.length > 0) return null;
  const plain = (fraction === undefined ? integer : `${integer}.${fraction}`)
    .replace(/^\+/, '')
    .replace(/^(-?)\./, '$10.');
  const tidy = plain.replace(/^(-?)0+(?=\d)/, '$1');
  return isDecimal(tidy) ? tidy : null;
};
