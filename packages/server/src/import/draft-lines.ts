import { createHash } from 'node:crypto';
import { isDecimal } from '@tessera-crm/model/decimal.js';
import type { Reading } from '@tessera-crm/model/kind.js';
import { readNumber } from '@tessera-crm/model/numbers.js';
import type { LineColumn } from './target.ts';

/** A line of a document while its cells are collected. */
export interface LineDraft {
  readonly id: string;
  item: string | null;
  [column: string]: unknown;
}

/** Always the same for the same place in the same document, so that importing it again merges line by line. */
export const lineId = (document: string, index: number): string => {
  const hex = createHash('sha256').update(`${document}\n${index}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

const numbers = new Set<LineColumn>(['quantity', 'unitPrice', 'discountPercent', 'discountAmount', 'tax', 'cost']);

type ReadCell = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly code: string };

const readLineCell = (column: LineColumn, text: string, reading: Reading): ReadCell => {
  if (!numbers.has(column)) return { ok: true, value: text.trim() };
  const value = readNumber(text, reading);
  return value !== null && isDecimal(value) ? { ok: true, value } : { ok: false, code: 'number' };
};

const isZero = (value: string): boolean => /^-?0+(\.0+)?$/.test(value);

/** Puts the text of a cell where a line holds it. */
export const setLineCell = (line: LineDraft, column: LineColumn, text: string, reading: Reading): string | null => {
  const read = readLineCell(column, text, reading);
  if (!read.ok) return read.code;
  if (column === 'discountPercent' || column === 'discountAmount') {
    const name = column === 'discountPercent' ? 'percent' : 'amount';
    if (!isZero(read.value)) line['discount'] = { [name]: read.value };
  } else if (column === 'tax') {
    if (!isZero(read.value)) line['taxes'] = [{ code: `IVA${read.value}`, rate: read.value }];
  } else line[column] = read.value;
  return null;
};

/** A line with what every line must have: one of nothing is one, a price that nobody says is zero. */
export const completeLine = (line: LineDraft): Readonly<Record<string, unknown>> => ({
  ...line,
  quantity: line['quantity'] ?? '1',
  unitPrice: line['unitPrice'] ?? '0',
});
