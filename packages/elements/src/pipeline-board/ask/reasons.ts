import { html, nothing, type TemplateResult } from 'lit';
import { inputId } from '../../controls/field.ts';
import { iconError } from '../../icons.ts';
import type { LostReason } from '../gate.ts';
import type { AskControls } from './ask-controls.ts';

interface Reasons {
  /** Undefined while they are on their way. */
  readonly reasons: readonly LostReason[] | undefined;
  readonly value: unknown;
  readonly isMissing: boolean;
  choose(id: string | null): void;
}

/** The reasons for a loss: few, so that they are all offered at once. */
export const renderReasons = (
  controls: AskControls,
  { reasons = [], value, isMissing, choose }: Reasons,
): TemplateResult => {
  const id = inputId('lostReason');
  return html`<div class="field" part="field">
    <label class="label" for=${id}
      >${controls.text('field.lostReason')}<span class="required" aria-hidden="true">*</span></label
    >
    <select
      class="input"
      id=${id}
      aria-invalid=${isMissing ? 'true' : 'false'}
      aria-required="true"
      aria-describedby=${isMissing ? `${id}-error` : nothing}
      @change=${(event: Event) => choose((event.target as HTMLSelectElement).value || null)}
    >
      <option value="" ?selected=${!value}>${controls.text('choice.choose')}</option>
      ${reasons.map((reason) => html`<option value=${reason.id} ?selected=${reason.id === value}>${reason.name}</option>`)}
    </select>
    ${
      isMissing
        ? html`<p class="field-error" id=${`${id}-error`}>${iconError}${controls.text('issue.required')}</p>`
        : nothing
    }
  </div>`;
};
