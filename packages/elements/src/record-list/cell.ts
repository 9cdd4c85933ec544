import type { Control, Display } from '@tessera-crm/model/kind.js';
import type { Tone } from '@tessera-crm/model/kinds/choice.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { html, nothing } from 'lit';
import type { Labels } from '../controls/labels.ts';
import { linkTexts, refOf, titleOf } from '../controls/linked.ts';
import type { RecordTitles } from '../controls/record-titles.ts';
import type { ListController } from '../data/list-controller.ts';
import type { Registry } from '@tessera-crm/model/registry.js';
import { iconCheck } from '../icons.ts';
import type { Column } from './columns.ts';

/** What cells need beside their value. */
export interface CellContext {
  readonly module: string;
  readonly registry: Registry;
  readonly labels: Labels;
  readonly display: Display;
  readonly titles: RecordTitles;
  readonly list: Pick<ListController<string>, 'included'>;
}

type RenderValue = (column: Column, value: unknown, context: CellContext) => unknown;

/** A value as a list shows it; nothing for one that is not there. */
export const renderCell = (column: Column, record: AnyRecord, context: CellContext): unknown => {
  const value = record[column.name];
  if (value === null || value === undefined) return nothing;
  return (special[column.control.as] ?? renderText)(column, value, context);
};

const renderText: RenderValue = (column, value, context) => html`<bdi>${text(column, value, context)}</bdi>`;

const text = ({ name, field }: Column, value: unknown, { display, labels, module }: CellContext): string =>
  field.kind.format(value, field.options, { ...display, optionLabel: (option) => labels.option(module, name, option) });

/** Options that have a tone are chips; so are several at once, to tell them apart. */
const renderOptions: RenderValue = (column, value, context) => {
  const { options } = column.field;
  const tones = ('tones' in options ? options.tones : undefined) as Readonly<Record<string, Tone>> | undefined;
  const chip = (option: string, label: string): unknown =>
    html`<span class="chip" data-tone=${tones?.[option] ?? 'neutral'}><bdi class="cut">${label}</bdi></span>`;
  if (Array.isArray(value))
    return html`<span class="chip-row"
      >${(value as readonly string[]).map((one) => chip(one, text(column, [one], context)))}</span
    >`;
  const label = text(column, value, context);
  return tones ? chip(String(value), label) : html`<bdi>${label}</bdi>`;
};

const renderLinks: RenderValue = (column, value, context) => {
  const to = column.control.as === 'link' ? column.control.to : [];
  const names = linkTexts(column.field, value).map((one) => {
    const ref = refOf(one, to);
    return ref && linkName(column, ref, context);
  });
  return html`<bdi>${names.filter(Boolean).join(', ')}</bdi>`;
};

const linkName = (
  { target }: Column,
  ref: { readonly module: string; readonly id: string },
  { list, registry, display, titles }: CellContext,
): string | null | undefined => {
  const along = target === undefined ? undefined : list.included(target, ref.id);
  if (!along) return titles.of(ref);
  const title = titleOf(registry.find(ref.module), along, display);
  // For the moment in which another order is asked for and nothing comes along
  titles.know(ref, title);
  return title;
};

/** A tick for yes, and nothing for no. */
const renderToggle: RenderValue = (column, value, context) =>
  value === true
    ? html`<span class="yes">${iconCheck}<span class="unseen">${text(column, value, context)}</span></span>`
    : nothing;

/** What is shown otherwise than as text. */
const special: { readonly [As in Control['as']]?: RenderValue } = {
  choice: renderOptions,
  choices: renderOptions,
  link: renderLinks,
  toggle: renderToggle,
  file: (_column, value) => (Array.isArray(value) ? value.length : iconCheck),
};
