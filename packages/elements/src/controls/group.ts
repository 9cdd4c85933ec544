import { html, nothing } from 'lit';
import type { ControlView, RenderControl } from './control-view.ts';
import type { Edit } from './edit.ts';
import { renderPart } from './part.ts';

type Parts = Readonly<Record<string, unknown>>;

const isBlank = (value: unknown): boolean => value === null || value === undefined || value === '';

/** A value in parts; without any it is null. Parts that are rarely needed are folded away. */
export const renderGroup: RenderControl<'group'> = (view) => {
  const { control, form, path, value, onEdit } = view;
  const parts = (value ?? {}) as Parts;
  const edit = (at: string, change: Edit): void => {
    const name = at.slice(path.length + 1);
    const others = Object.entries(parts).filter(([key]) => key !== name && key in control.parts);
    const isEmpty = 'value' in change && isBlank(change.value) && others.every(([, one]) => isBlank(one));
    onEdit(isEmpty ? path : at, isEmpty ? { value: null } : change);
  };
  const entries = Object.entries(control.parts);
  const part = ([name, field]: (typeof entries)[number]): unknown =>
    renderPart({ view: view as ControlView, name, field, value: parts[name] ?? null, onEdit: edit });
  const rare = entries.filter(([name, { options }]) => options.rare && isBlank(parts[name]));
  return html`<div class="parts">${entries.filter((entry) => !rare.includes(entry)).map(part)}</div>
    ${
      rare.length === 0 || view.isReadonly
        ? nothing
        : html`<details class="rare">
            <summary>${form.text('group.more')}</summary>
            <div class="parts">${rare.map(part)}</div>
          </details>`
    }`;
};
