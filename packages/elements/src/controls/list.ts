import { html, nothing } from 'lit';
import { iconPlus, iconTrash } from '../icons.ts';
import type { ControlView, RenderControl } from './control-view.ts';
import { renderPart } from './part.ts';

type Row = Readonly<Record<string, unknown>>;

const rowsOf = (value: unknown): readonly Row[] => (Array.isArray(value) ? (value as readonly Row[]) : []);

/** Rows of parts, such as telephone numbers. */
export const renderList: RenderControl<'list'> = (view) => {
  const { control, form, path, value, isReadonly, onEdit, label } = view;
  const rows = rowsOf(value);
  const blank = Object.fromEntries(
    Object.entries(control.parts).map(([name, { options }]) => [name, options.default ?? null]),
  );
  return html`${rows.map((row, index) => renderRow(view, row, index))}
  ${
    isReadonly
      ? nothing
      : html`<button
          class="button quiet add"
          type="button"
          id=${view.id}
          @click=${() => onEdit(path, { value: [...rows, blank] })}
        >
          ${iconPlus}${form.text('list.add', { label })}
        </button>`
  }`;
};

const renderRow = (view: Parameters<typeof renderList>[0], row: Row, index: number): unknown => {
  const { control, form, path, isReadonly, onEdit, label } = view;
  return html`<div class="row" role="group" aria-label=${form.text('list.row', { label, number: index + 1 })}>
    <div class="parts">
      ${Object.entries(control.parts)
        .filter(([name, { options }]) => !options.rare || (row[name] ?? null) !== null)
        .map(([name, field]) =>
          renderPart({
            view: { ...view, path: `${path}/${index}`, id: `${view.id}-${index}` } as ControlView,
            name,
            field,
            value: row[name] ?? null,
            onEdit,
          }),
        )}
    </div>
    ${
      isReadonly
        ? nothing
        : html`<button
            class="button quiet square"
            type="button"
            aria-label=${form.text('list.remove', { label, number: index + 1 })}
            @click=${() => onEdit(path, { removed: index })}
          >
            ${iconTrash}
          </button>`
    }
  </div>`;
};
