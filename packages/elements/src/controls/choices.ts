import { fold } from '@tessera-crm/model/fold.js';
import { html } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Choice } from './combobox-list.ts';
import { renderCombobox } from './combobox.ts';
import { displayOf, type ControlView, type RenderControl } from './control-view.ts';

/** Up to so many options are shown at once; more are searched. */
const few = 8;

const chosenOf = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as readonly string[]) : []);

/** None at all is null. */
const choose = (view: ControlView, chosen: readonly string[]): void =>
  view.onEdit(view.path, { value: chosen.length > 0 ? chosen : null });

export const renderChoices: RenderControl<'choices'> = (view) => {
  const { options } = view.control;
  return options !== null && options.length <= few ? renderChecks(view, options) : renderSearched(view, options);
};

const labelOf = (view: ControlView, option: string): string =>
  view.field.kind.format([option], view.field.options, displayOf(view));

const renderChecks = (view: ControlView, options: readonly string[]): unknown => {
  const chosen = chosenOf(view.value);
  const turn = (option: string, isOn: boolean): void =>
    choose(view, isOn ? [...chosen, option] : chosen.filter((one) => one !== option));
  return html`<div class="checks">
    ${options.map(
      (option, index) =>
        html`<label class="toggle">
          <input
            class="check"
            type="checkbox"
            id=${index === 0 ? view.id : `${view.id}-${index}`}
            ?disabled=${view.isReadonly}
            .checked=${live(chosen.includes(option))}
            @change=${(event: Event) => turn(option, (event.target as HTMLInputElement).checked)}
          />
          <span>${labelOf(view, option)}</span>
        </label>`,
    )}
  </div>`;
};

const renderSearched = (view: ControlView, options: readonly string[] | null): unknown => {
  const chosen = chosenOf(view.value);
  const choiceOf = (option: string): Choice => ({ key: option, label: labelOf(view, option) });
  const { kind, options: rules } = view.field;
  return renderCombobox(view, {
    isMany: true,
    chosen: chosen.map(choiceOf),
    find: (query) => (options ?? []).map(choiceOf).filter(({ label }) => fold(label).includes(fold(query))),
    add: ({ key }) => choose(view, [...chosen, key]),
    remove: (key) =>
      choose(
        view,
        chosen.filter((one) => one !== key),
      ),
    ...(options === null && {
      create: (text: string): Choice | null => {
        const read = kind.parse(text, rules, view.form.reading);
        const [first] = read.ok ? chosenOf(read.value) : [];
        const isNew = first !== undefined && !chosen.some((one) => fold(one) === fold(first));
        return isNew ? { key: first, label: first } : null;
      },
    }),
  });
};
