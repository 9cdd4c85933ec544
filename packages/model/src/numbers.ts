import { isDecimal } from './decimal.ts';
import type { Reading } from './kind.ts';

/**
 * Reads a number as people and files write it: `1.234.567,89`, `1,234,567.89`, `1 234,5`, `'-12`.
 *
 * @returns A plain decimal string, or null when it is no number.
 */
export const readNumber = (text: string, reading: Pick<Reading, 'decimal'>): string | null => {
  const bare = text
    .trim()
    .replaceAll(/[\s\u00a0\u202f'’]/g, '')
    .replace('−', '-');
  const group = reading.decimal === ',' ? '.' : ',';
  const whole = reading.decimal === ',' ? bare.indexOf(',') : bare.indexOf('.');
  const integer = (whole < 0 ? bare : bare.slice(0, whole)).replaceAll(group, '');
  const plain = (whole < 0 ? integer : `${integer}.${bare.slice(whole + 1)}`)
    .replace(/^\+/, '')
    .replace(/^(-?)\./, '$10.');
  const tidy = plain.replace(/^(-?)0+(?=\d)/, '$1');
  return isDecimal(tidy) ? tidy : null;
};
