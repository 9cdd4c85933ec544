import { toScale } from '@tessera-crm/model/decimal.js';
import { formatNumber } from '@tessera-crm/model/format/number.js';
import { decimalKind } from '@tessera-crm/model/kinds/decimal.js';
import type { Line } from '@tessera-crm/model/kinds/lines.js';
import { field } from '@tessera-crm/model/kind.js';
import { text } from '@tessera-crm/model/kinds/text.js';
import { html, nothing } from 'lit';
import { newId } from '../draft/new-id.ts';
import { iconPlus, iconTrash } from '../icons.ts';
import type { ControlView, RenderControl } from './control-view.ts';
import { renderPart } from './part.ts';

/** What of a line is edited here; discounts, taxes and the rest belong to the editor of documents. */
const columns = {
  description: /* @__PURE__ */ text({ max: 5000 }),
  quantity: /* @__PURE__ */ field(decimalKind, { digits: 4, required: true }),
  unitPrice: /* @__PURE__ */ field(decimalKind, { digits: 4, required: true }),
};

const newLine = (): Partial<Line> => ({
  id: newId(),
  description: '',
  quantity: toScale('1', 4),
  unitPrice: toScale('0', 4),
});

/** The lines of a document as a plain table: enough to look at and to correct. */
export const renderLines: RenderControl<'lines'> = (view) => {
  const { value, form, path, isReadonly, onEdit, id, label } = view;
  const rows = Array.isArray(value) ? (value as readonly Line[]) : [];
  return html`<div class="lines-box" role="group" tabindex="0" aria-label=${label}>
      <table class="lines">
        <thead>
          <tr>
            ${Object.keys(columns).map((name) => html`<th scope="col">${form.text(`part.${name}`)}</th>`)}
            <th><span class="unseen">${form.text('lines.actions')}</span></th>
          </tr>
        </thead>
        <tbody>
          ${rows.map((row, index) => (isReadonly ? renderRead(view, row) : renderLine(view, row, index)))}
        </tbody>
      </table>
    </div>
    ${
      isReadonly
        ? nothing
        : html`<button
            class="button quiet add"
            type="button"
            id=${id}
            @click=${() => onEdit(path, { value: [...rows, newLine()] })}
          >
            ${iconPlus}${form.text('lines.add')}
          </button>`
    }`;
};

type View = Parameters<typeof renderLines>[0];

const renderRead = ({ form }: View, { description, quantity, unitPrice }: Line): unknown => {
  const { locale } = form.display;
  return html`<tr>
    <td><bdi>${description}</bdi></td>
    <td class="number">${formatNumber(quantity, locale, { digits: 4 })}</td>
    <td class="number">${formatNumber(unitPrice, locale, { digits: 4 })}</td>
    <td></td>
  </tr>`;
};

const renderLine = (view: View, line: Line, index: number): unknown => {
  const { path, id, form, onEdit } = view;
  const at = { ...view, path: `${path}/${index}`, id: `${id}-${index}` } as ControlView;
  return html`<tr>
    ${Object.entries(columns).map(
      ([name, one]) =>
        html`<td>
          ${renderPart({ view: at, name, field: one, value: line[name as keyof Line] ?? null, onEdit, isBare: true })}
        </td>`,
    )}
    <td>
      <button
        class="button quiet square"
        type="button"
        aria-label=${form.text('list.remove', { label: view.label, number: index + 1 })}
        @click=${() => onEdit(path, { removed: index })}
      >
        ${iconTrash}
      </button>
    </td>
  </tr>`;
};
