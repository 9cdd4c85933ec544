import { html, nothing } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import { iconCheck, iconClose, iconDown } from '../icons.ts';
import { ComboboxList, type Choice } from './combobox-list.ts';
import type { ControlView } from './control-view.ts';
import { floating } from './floating.ts';

interface Combobox {
  readonly chosen: readonly Choice[];
  readonly isMany: boolean;
  /** What a query finds; everything for an empty one. */
  readonly find: (query: string, signal: AbortSignal) => readonly Choice[] | Promise<readonly Choice[]>;
  readonly add: (choice: Choice) => void;
  readonly remove: (key: string) => void;
  /** Makes a choice of words that nobody offered. */
  readonly create?: (text: string) => Choice | null;
}

/** An input with a list of what can be chosen: for many, or for what is searched. The list takes no focus. */
export const renderCombobox = (view: ControlView, box: Combobox): unknown => {
  const list = view.form.memory(view.path, 'list', () => new ComboboxList(() => view.form.changed()));
  const { id, isReadonly, form } = view;
  if (isReadonly) return renderRead(view, box);
  const single = box.isMany ? undefined : box.chosen[0];
  return html`<div class="combo" @focusout=${(event: FocusEvent) => leave(event, list)}>
    ${box.isMany ? renderChips(view, box) : nothing}
    <div class="combo-input">
      ${renderInput(view, box, list)}
      ${
        single
          ? html`<button
              class="button quiet square"
              type="button"
              aria-label=${form.text('control.clear')}
              @click=${() => box.remove(single.key)}
            >
              ${iconClose}
            </button>`
          : html`<span class="combo-mark">${iconDown}</span>`
      }
      <div
        class="menu options"
        popover="manual"
        role="listbox"
        id=${`${id}-list`}
        aria-label=${view.label}
        aria-multiselectable=${box.isMany ? 'true' : nothing}
        ${floating(list.isOpen, `--${id}`)}
      >
        ${list.isOpen ? renderOptions(view, box, list) : nothing}
      </div>
    </div>
  </div>`;
};

const renderInput = (view: ControlView, box: Combobox, list: ComboboxList): unknown => {
  const { id, form, isInvalid, isRequired, describedBy } = view;
  const single = box.isMany ? undefined : box.chosen[0];
  const isMarked = list.isOpen && list.status === 'ready' && offered(view, box, list)[list.active] !== undefined;
  return html`<input
    class="input"
    part="input"
    id=${id}
    role="combobox"
    autocomplete="off"
    maxlength="200"
    placeholder=${single ? nothing : form.text('combobox.placeholder')}
    aria-autocomplete="list"
    aria-expanded=${String(list.isOpen)}
    aria-controls=${`${id}-list`}
    aria-activedescendant=${isMarked ? `${id}-${list.active}` : nothing}
    aria-required=${isRequired ? 'true' : nothing}
    aria-invalid=${isInvalid ? 'true' : nothing}
    aria-describedby=${ifDefined(describedBy)}
    .value=${live(list.query ?? single?.label ?? '')}
    @click=${() => list.open(box.find)}
    @input=${(event: Event) => list.search((event.target as HTMLInputElement).value, box.find)}
    @keydown=${(event: KeyboardEvent) => press(event, { view, box, list })}
  />`;
};

/** What was chosen, where nothing can be. */
const renderRead = ({ id }: ControlView, { chosen, isMany }: Combobox): unknown => {
  const shown = isMany
    ? chosen.map(({ label }) => html`<span class="chip"><bdi>${label}</bdi></span>`)
    : html`<bdi>${chosen[0]?.label}</bdi>`;
  return html`<output class="value chips" id=${id}>${chosen.length > 0 ? shown : '–'}</output>`;
};

const renderChips = ({ form }: ControlView, { chosen, remove }: Combobox): unknown =>
  chosen.length === 0
    ? nothing
    : html`<ul class="chips">
        ${chosen.map(
          ({ key, label }) =>
            html`<li class="chip">
              <bdi>${label}</bdi>
              <button
                class="chip-remove"
                type="button"
                aria-label=${form.text('control.remove', { label })}
                @click=${() => remove(key)}
              >
                ${iconClose}
              </button>
            </li>`,
        )}
      </ul>`;

const renderOptions = (view: ControlView, box: Combobox, list: ComboboxList): unknown => {
  if (list.status !== 'ready') {
    return html`<div class="option-note" role="option" aria-disabled="true">
      ${view.form.text(list.status === 'finding' ? 'frame.loading' : 'combobox.failed')}
    </div>`;
  }
  const found = offered(view, box, list);
  if (found.length === 0)
    return html`<div class="option-note" role="option" aria-disabled="true">${view.form.text('combobox.none')}</div>`;
  return found.map((choice, index) => {
    const isChosen = box.chosen.some(({ key }) => key === choice.key);
    return html`<div
      class="menu-item option"
      role="option"
      id=${`${view.id}-${index}`}
      aria-selected=${String(isChosen)}
      ?data-active=${index === list.active}
      @mousedown=${(event: Event) => event.preventDefault()}
      @click=${() => take(choice, { view, box, list })}
    >
      <span class="cut"><bdi>${choice.label}</bdi></span>
      ${choice.note === undefined ? nothing : html`<span class="muted">${choice.note}</span>`}
      ${isChosen ? iconCheck : nothing}
    </div>`;
  });
};

/** What was found, and one's own words where those are allowed. */
const offered = ({ form }: ControlView, box: Combobox, list: ComboboxList): readonly Choice[] => {
  const own = ownWords(box, list);
  if (!own || list.found.some(({ key }) => key === own.key)) return list.found;
  return [...list.found, { ...own, note: form.text('combobox.create') }];
};

const ownWords = ({ create }: Combobox, { query }: ComboboxList): Choice | null =>
  create && query ? create(query) : null;

interface Parts {
  readonly view: ControlView;
  readonly box: Combobox;
  readonly list: ComboboxList;
}

const take = (choice: Choice, { box, list }: Parts): void => {
  const isChosen = box.chosen.some(({ key }) => key === choice.key);
  if (isChosen && box.isMany) box.remove(choice.key);
  else box.add(choice);
  if (box.isMany) list.search('', box.find);
  else list.close();
};

const press = (event: KeyboardEvent, parts: Parts): void => {
  const { view, box, list } = parts;
  const found = offered(view, box, list);
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
  const step = steps[event.key];
  // what somebody typed faster than it was searched is not to become what was found before
  const active = list.isCurrent ? found[list.active] : ownWords(box, list);
  if (step !== undefined) {
    if (list.isOpen) list.move(step, found.length);
    else list.open(box.find);
  } else if (event.key === 'Enter' && list.isOpen && active) take(active, parts);
  else if (event.key === 'Escape' && list.isOpen) list.close();
  else if (event.key === 'Backspace' && box.isMany && !list.query && box.chosen.length > 0) {
    box.remove(box.chosen.at(-1)!.key);
  } else return;
  event.preventDefault();
  // Escape belongs to the list while that is open, not to a dialog around it
  event.stopPropagation();
};

const leave = (event: FocusEvent, list: ComboboxList): void => {
  const combo = event.currentTarget as Element;
  if (!(event.relatedTarget instanceof Node && combo.contains(event.relatedTarget))) list.close();
};
