import type { RecordOf } from '@tessera-crm/model/records.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { CrmElement } from '../frame/element.ts';
import { lateStates } from '../frame/late-states.ts';
import type { ContactCardMessages } from './contact-card.messages.ts';

/** How far somebody has come, as a tint; the rest are neutral. */
const lifecycleTones: Readonly<Record<string, string>> = { customer: 'ok', evangelist: 'ok', opportunity: 'accent' };

const sentimentTones: Readonly<Record<string, string>> = {
  very_negative: 'bad',
  negative: 'warn',
  positive: 'ok',
  very_positive: 'ok',
};

const chip = (text: string, tone = 'neutral', icon: unknown = nothing): TemplateResult =>
  html`<li class="chip" data-tone=${tone}>${icon}${text}</li>`;

/** Where somebody stands and what they do not want, in a few words; nothing where there is nothing to say. */
export const chipRow = (
  host: CrmElement<ContactCardMessages>,
  { lifecycle, sentiment, doNotCall, emailOptOut }: RecordOf<'contacts'>,
  isOffline: boolean,
  waiting: unknown,
): unknown => {
  const chips = [
    lifecycle && chip(host.text(`lifecycle.${lifecycle}`), lifecycleTones[lifecycle]),
    sentiment && chip(host.text(`sentiment.${sentiment}`), sentimentTones[sentiment]),
    doNotCall && chip(host.t('doNotCall'), 'bad'),
    emailOptOut && chip(host.t('emailOptOut'), 'warn'),
    isOffline &&
      html`<slot name="offline"
        >${chip(lateStates()?.troubleOf(host) ?? host.t('offline'), 'warn', lateStates()?.iconOffline)}</slot
      >`,
    waiting,
  ].filter(Boolean);
  return chips.length === 0
    ? nothing
    : html`<ul class="chips">
        ${chips}
      </ul>`;
};
