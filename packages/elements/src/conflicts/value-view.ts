import type { Module } from '@tessera-crm/model/module.js';
import { plainJson } from '@tessera-crm/model/plain-json.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import { html, type TemplateResult } from 'lit';
import type { Labels } from '../controls/labels.ts';
import type { RecordTitles } from '../controls/record-titles.ts';
import { renderCell, type CellContext } from '../record-list/cell.ts';
import { columnsOf } from '../record-list/columns.ts';

/** What values are shown with. */
export interface Shown {
  readonly registry: Registry;
  readonly labels: Labels;
  readonly titles: RecordTitles;
  readonly display: CellContext['display'];
  /** What stands where there is no value. */
  readonly nothing: string;
}

/** Records that come along with others: none do. */
const alone = { included: () => undefined };

export const labelOfField = (module: Module | undefined, key: string, name: string, { labels }: Shown): string => {
  const field = module && Object.hasOwn(module.fields, name) ? module.fields[name] : undefined;
  // A name is enough to find the words for it
  return labels.field(key, name, field ?? ({ options: {} } as NonNullable<typeof field>));
};

/** A value as lists show it, but where nothing is there, that is said. */
export const valueView = (key: string, name: string, value: unknown, shown: Shown): unknown => {
  const { registry, labels, titles, display } = shown;
  if (value === null || value === undefined || value === '') return none(shown);
  const module = registry.find(key);
  const [column] = module ? columnsOf(module, registry, [name]) : [];
  // A field that is no more
  if (!column) return asGiven(value);
  try {
    const context = { module: key, registry, labels, titles, display, list: alone };
    // A list needs no word for no
    if (column.control.as === 'toggle' || column.control.as === 'file')
      return html`<bdi>${column.field.kind.format(value, column.field.options, display)}</bdi>`;
    return renderCell(column, { id: '', version: 0, [name]: value }, context);
  } catch {
    // It may be what was wrong with it
    return asGiven(value);
  }
};

const asGiven = (value: unknown): TemplateResult =>
  html`<bdi>${typeof value === 'string' ? value : plainJson(value)}</bdi>`;

const none = ({ nothing }: Shown): TemplateResult => html`<span class="muted">${nothing}</span>`;
