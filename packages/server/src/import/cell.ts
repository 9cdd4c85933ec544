import { isCurrency } from '@tessera-crm/model/currency.js';
import type { Field, Parsed, Reading } from '@tessera-crm/model/kind.js';
import { countryKind } from '@tessera-crm/model/kinds/country.js';
import { isStorable } from '@tessera-crm/model/characters.js';
import type { ColumnSpec } from './mapping.ts';
import type { SourceRow } from './source-row.ts';
import { transformed, unguarded } from './transforms.ts';

/** The text that a mapping makes of a cell; blank when there is nothing. */
export const cellText = (spec: ColumnSpec, raw: string): string => {
  const text = transformed(unguarded(raw), [spec.transform].flat());
  if (!spec.values) return text;
  const key = text.trim();
  const found = Object.hasOwn(spec.values, key)
    ? spec.values[key]
    : key === ''
      ? ''
      : Object.hasOwn(spec.values, '*')
        ? spec.values['*']
        : text;
  return found ?? '';
};

/** How a cell is read: in its file's way, an amount in the currency and a number in the country that stand beside it. */
export const cellReading = (spec: ColumnSpec, row: SourceRow, reading: Reading): Reading => {
  if (spec.currency === undefined && spec.country === undefined) return reading;
  const currency = row.cells[spec.currency ?? '']?.trim().toUpperCase() ?? '';
  const named = countryKind.parse(row.cells[spec.country ?? ''] ?? '', {}, reading);
  const country = named.ok ? named.value : null;
  return { ...reading, ...(isCurrency(currency) && { currency }), ...(country !== null && { country }) };
};

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Plain text as HTML that shows exactly it. */
const toHtml = (text: string): string =>
  text
    .trim()
    .replaceAll(/[&<>]/g, (letter) => escapes[letter]!)
    .replaceAll(/\r?\n/g, '<br>');

/** Reads text by a field. Fields with formatting are given plain text, so that what was no tag does not become one. */
export const readText = (field: Field, text: string, reading: Reading): Parsed<unknown> => {
  if (!isStorable(text)) return { ok: false, code: 'characters' };
  const isFormatted = field.kind.control(field.options).as === 'richtext';
  return field.kind.parse(isFormatted ? toHtml(text) : text, field.options, reading);
};
