import type { Control, Field } from '@tessera-crm/model/kind.js';
import type { Module } from '@tessera-crm/model/module.js';
import { isWritable } from '@tessera-crm/model/module.js';
import type { ColumnSpec } from './mapping.ts';

/** Where the text of a cell goes: a field, a part of its value, an entry of its list, or a cell of its lines. */
export interface Target {
  readonly name: string;
  readonly field: Field;
  readonly as: 'whole' | 'part' | 'entry' | 'line';
  /** The part, the column of the entry, or the column of the line. */
  readonly part: string | null;
  /** What tells the entry from the others: the `mobile` of `phones[mobile]`. */
  readonly label: string | null;
  /** The field of that part, where it has one. */
  readonly partField: Field | null;
}

/** Columns of lines that can be imported; `tax` is a rate in per cent. */
export const lineColumns = [
  'item',
  'description',
  'quantity',
  'unit',
  'unitPrice',
  'discountPercent',
  'discountAmount',
  'tax',
  'cost',
  'section',
] as const;

export type LineColumn = (typeof lineColumns)[number];

const path = /^(\w+)(?:\[([^\]]*)\])?(?:\.(\w+))?$/;

const partsOf = (control: Control): Readonly<Record<string, Field>> =>
  control.as === 'group' || control.as === 'list' ? control.parts : {};

type Found = { readonly target: Target } | { readonly why: string };

const withPart = (base: Target, control: Control, part: string): Found => {
  if (control.as === 'lines') {
    const known = lineColumns.some((column) => column === part);
    return known ? { target: { ...base, as: 'line', part } } : { why: `lines have no column "${part}"` };
  }
  const partField = Object.hasOwn(partsOf(control), part) ? partsOf(control)[part]! : null;
  if (!partField) return { why: `"${base.name}" has no part "${part}"` };
  return { target: { ...base, as: control.as === 'list' ? 'entry' : 'part', part, partField } };
};

/** What a mapping's `field` means in a module, or why it means nothing there. */
export const findTarget = (module: Module, { field: written }: Pick<ColumnSpec, 'field'>): Found => {
  const [, name = '', label = null, part = null] = path.exec(written) ?? [];
  const field = Object.hasOwn(module.fields, name) ? module.fields[name]! : undefined;
  if (!field) return { why: `"${module.key}" has no field "${name}"` };
  if (!isWritable(field)) return { why: `"${name}" is filled in by the system` };
  const control = field.kind.control(field.options);
  const base: Target = { name, field, as: 'whole', part: null, label, partField: null };
  if (part !== null) return withPart(base, control, part);
  if (control.as === 'lines') return { why: `"${name}" needs a column, such as "${name}.quantity"` };
  if (label !== null && control.as !== 'list') return { why: `"${name}" is no list` };
  return { target: label === null ? base : { ...base, as: 'entry' } };
};

/** Which column of an entry holds the label: the one of that name, else the first. */
export const labelPart = ({ field }: Target): string => {
  const parts = partsOf(field.kind.control(field.options));
  return 'label' in parts ? 'label' : Object.keys(parts)[0]!;
};
