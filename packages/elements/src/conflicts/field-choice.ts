import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { refOf } from '../controls/linked.ts';
import type { Entry, FieldConflict, Side } from './entry.ts';
import type { InboxView } from './entry-view.ts';
import { labelOfField, valueView } from './value-view.ts';

/** One field that two people changed: what it was, and a choice of what it is to be. */
export const renderChoice = (entry: Entry, conflict: FieldConflict, view: InboxView): TemplateResult => {
  const { field, base, mine, theirs } = conflict;
  const { module } = entry.met!;
  const { shown, t } = view;
  const work = view.settling.of(entry.refused);
  const isMissing = work.isChecked && !work.choices.has(field);
  const id = `${entry.refused.n}-${field}`;
  const side = (name: Side, who: string, value: unknown): TemplateResult =>
    html`<label class="side">
      <input
        type="radio"
        name=${id}
        .value=${name}
        data-field=${field}
        .checked=${live(work.choices.get(field) === name)}
        ?disabled=${work.isBusy}
        @change=${() => view.settling.choose(entry, [field], name)}
      />
      <span class="side-who">${who}</span>
      <span class="side-value">${valueView(module, field, value, shown)}</span>
    </label>`;
  return html`<fieldset class="choice" part="choice" aria-describedby=${isMissing ? `${id}-missing` : nothing}>
    <legend>
      <span class="choice-field">${labelOfField(shown.registry.find(module), module, field, shown)}</span>
      <span class="muted"
        >${
          base === null || base === undefined || base === ''
            ? t('was.empty')
            : html`${t('was', { value: '' })}${valueView(module, field, base, shown)}`
        }</span
      >
    </legend>
    <div class="sides">${side('mine', t('mine'), mine)} ${side('theirs', whoOf(conflict, view), theirs)}</div>
    ${isMissing ? html`<p class="field-error" id="${id}-missing">${t('choose')}</p>` : nothing}
  </fieldset>`;
};

/** By whom the other value is, and since when, as far as anybody knows. */
const whoOf = ({ by, at }: FieldConflict, { shown, t, when }: InboxView): string => {
  const ref = by ? refOf(by, ['users']) : null;
  const name = ref && shown.titles.of(ref);
  if (!at) return name ?? t('theirs');
  return name ? t('theirs.who', { name, when: when(at) }) : t('theirs.when', { when: when(at) });
};
