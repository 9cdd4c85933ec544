import type { AnyRecord } from '@tessera-crm/model/module.js';
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { CrmElement } from '../frame/element.ts';
import { inlineStyle } from '../frame/inline-style.ts';
import { recordLink } from '../frame/record-link.ts';
import { iconDown, iconSort, iconUp } from '../icons.ts';
import type { Range } from '../windowing/window.ts';
import { renderCell, type CellContext } from './cell.ts';
import type { Column } from './columns.ts';

/** All that the rows are drawn from. */
export interface ListView {
  readonly host: CrmElement;
  readonly label: string;
  readonly columns: readonly Column[];
  readonly records: readonly AnyRecord[];
  readonly cells: CellContext;
  /** The rows to show, and how high each is, in px. */
  readonly range: Range;
  readonly pitch: number;
  readonly sort: readonly string[] | undefined;
  /** The id of the record that was opened last. */
  readonly current: string | undefined;
  readonly onSort: (name: string) => void;
  readonly onOpen: (id: string) => void;
}

const detailOf = ({ cells }: ListView, record: AnyRecord) => ({
  module: cells.module,
  id: record.id,
  version: record.version,
  record: () => record,
});

/** The first column leads to the record; without a value there, to a dash. */
const renderMain = (view: ListView, record: AnyRecord): unknown => {
  const [first] = view.columns;
  const content = first && renderCell(first, record, view.cells);
  return recordLink(view.host, detailOf(view, record), 'link', content === nothing ? '–' : content);
};

export const renderTable = (view: ListView): unknown => {
  const { columns, records, range, pitch, label } = view;
  const isWindowed = range.end - range.first < records.length;
  return html`<table part="table" aria-label=${label} aria-rowcount=${isWindowed ? records.length + 1 : nothing}>
    <thead part="head">
      <tr>
        ${columns.map((column) => renderHead(view, column))}
      </tr>
    </thead>
    <tbody @keydown=${(event: KeyboardEvent) => step(event)}>
      ${gap(range.first * pitch, columns.length)}
      ${repeat(
        records.slice(range.first, range.end),
        ({ id }) => id,
        (record, index) => renderRow(view, record, isWindowed ? range.first + index + 2 : undefined),
      )}
      ${gap((records.length - range.end) * pitch, columns.length)}
    </tbody>
  </table>`;
};

/** Takes the room of rows that are out of sight. */
const gap = (height: number, columns: number): unknown =>
  height <= 0
    ? nothing
    : html`<tr class="gap" aria-hidden="true" ${inlineStyle({ '--_gap-height': `${height}px` })}>
        <td colspan=${columns}></td>
      </tr>`;

const renderHead = ({ cells, sort, onSort }: ListView, { name, field, isSortable, isFigure }: Column): unknown => {
  const label = cells.labels.field(cells.module, name, field);
  const [first] = sort ?? [];
  const direction = first === name ? 'ascending' : first === `-${name}` ? 'descending' : undefined;
  const icon = direction === 'ascending' ? iconUp : direction === 'descending' ? iconDown : iconSort;
  return html`<th scope="col" class=${isFigure ? 'figure' : ''} aria-sort=${direction ?? nothing}>
    ${
      isSortable
        ? html`<button type="button" @click=${() => onSort(name)}>${label}${icon}</button>`
        : html`<span>${label}</span>`
    }
  </th>`;
};

const renderRow = (view: ListView, record: AnyRecord, index: number | undefined): unknown => {
  const { columns, cells, current, host } = view;
  const opens = host.hrefOf(cells.module, record.id) !== null;
  return html`<tr
    part="row"
    data-id=${record.id}
    ?data-opens=${opens}
    aria-rowindex=${index ?? nothing}
    aria-current=${record.id === current ? 'true' : nothing}
    @click=${(event: MouseEvent) => press(event, view, record)}
  >
    ${columns.map((column, at) =>
      at === 0
        ? html`<td class="main">${renderMain(view, record)}</td>`
        : html`<td class=${column.isFigure ? 'figure' : ''}>${renderCell(column, record, cells)}</td>`,
    )}
  </tr>`;
};

/** A press anywhere in a row is one on its link, unless somebody marks text or presses something else. */
const press = (event: MouseEvent, { onOpen }: ListView, { id }: AnyRecord): void => {
  const row = event.currentTarget as Element;
  const opener = row.querySelector<HTMLElement>('.main :is(a, button)');
  const isOnLink = event.composedPath().some((one) => one instanceof HTMLElement && one.matches('a, button'));
  if (isOnLink) return onOpen(id);
  if (!opener || getSelection()?.type === 'Range') return;
  opener.click();
};

/** Arrows go from row to row. */
const step = (event: KeyboardEvent): void => {
  const way = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' } as const;
  const direction = way[event.key as keyof typeof way];
  const row = (event.target as Element).closest('tr');
  const next = direction && row?.[direction]?.querySelector<HTMLElement>('.main :is(a, button)');
  if (!next) return;
  event.preventDefault();
  next.focus();
};

/** Where there is no room for columns: each record by itself, its values under each other. */
export const renderCards = (view: ListView): unknown => {
  const { records, columns, cells, label, current, onOpen } = view;
  return html`<ul class="cards" part="cards" role="list" aria-label=${label}>
    ${repeat(
      records,
      ({ id }) => id,
      (record) => {
        const facts = columns.slice(1).map((column) => [column, renderCell(column, record, cells)] as const);
        return html`<li
          class="card"
          part="row"
          data-id=${record.id}
          aria-current=${record.id === current ? 'true' : nothing}
          @click=${() => onOpen(record.id)}
        >
          <div class="main">${renderMain(view, record)}</div>
          <dl class="facts">
            ${facts
              .filter(([, content]) => content !== nothing)
              .map(
                ([{ name, field }, content]) =>
                  html`<dt>${cells.labels.field(cells.module, name, field)}</dt>
                    <dd>${content}</dd>`,
              )}
          </dl>
        </li>`;
      },
    )}
  </ul>`;
};
