import type { CrmError } from '@tessera-crm/model/errors.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { Icon } from '../icon.ts';
import { iconAlert, iconInbox, iconLock, iconOffline, iconRetry } from '../state-icons.ts';
import type { FrameMessages } from '../i18n/frame.messages.ts';
import type { ViewState } from './view-state.ts';

/** What the shared templates need of an element. */
export interface StatefulHost {
  readonly failure: CrmError | undefined;
  readonly hasData: boolean;
  readonly emptyKey: string;
  retry(): void;
  renderLoading(): unknown;
  renderOfflineNote(): unknown;
  text(key: string, facts?: Readonly<Record<string, string | number>>): string;
}

type Key = keyof FrameMessages;

export { iconOffline };

/** What an element shows in a state; its content where there is some. Pages replace each by a slot of the same name. */
export const renderState = (host: StatefulHost, state: ViewState, content: () => unknown): unknown => {
  if (state === 'loading') return host.renderLoading();
  if (state === 'ready') return content();
  if (state === 'offline' && host.hasData) return [host.renderOfflineNote(), content()];
  return stateOf(host, state);
};

/** Why there is nothing to show. */
export const stateOf = (host: StatefulHost, state: Exclude<ViewState, 'loading' | 'ready'>): TemplateResult =>
  templates[state](host);

export const emptyState = (host: StatefulHost, text = host.text(host.emptyKey)): TemplateResult =>
  html`<slot name="empty">${message(iconInbox, text)}</slot>`;

export const errorState = (host: StatefulHost, failure = host.failure): TemplateResult =>
  html`<slot name="error"
    >${message(iconAlert, host.text('frame.error' satisfies Key), reasonOf(host, failure), retryButton(host))}</slot
  >`;

export const forbiddenState = (host: StatefulHost): TemplateResult => {
  const isUnknown = host.failure?.code === 'auth-required' || host.failure?.code === 'token-rejected';
  const text = host.text((isUnknown ? 'frame.auth' : 'frame.forbidden') satisfies Key);
  return html`<slot name="forbidden">${message(iconLock, text)}</slot>`;
};

export const offlineState = (host: StatefulHost): TemplateResult =>
  html`<slot name="offline"
    >${message(iconOffline, host.text('frame.offline.empty' satisfies Key), nothing, retryButton(host))}</slot
  >`;

/** Says above data from before that they are from before. */
export const offlineNote = (host: StatefulHost): TemplateResult =>
  html`<slot name="offline"
    ><p class="note" part="offline-note" role="status">
      ${iconOffline}<span>${host.text('frame.offline' satisfies Key)}</span>
    </p></slot
  >`;

const templates = {
  empty: (host: StatefulHost) => emptyState(host),
  error: (host: StatefulHost) => errorState(host),
  forbidden: forbiddenState,
  offline: offlineState,
} as const;

/** An icon, a sentence, perhaps why and a way out. */
const message = (icon: Icon, text: string, detail: unknown = nothing, action: unknown = nothing): TemplateResult =>
  html`<div class="message" part="message" role="status">
    ${icon}
    <p class="message-text">${text}</p>
    ${detail} ${action}
  </div>`;

const retryButton = (host: StatefulHost): TemplateResult =>
  html`<button class="button" part="retry" type="button" @click=${() => host.retry()}>
    ${iconRetry}${host.text('frame.retry' satisfies Key)}
  </button>`;

/** Why, in the person's language where we have a sentence for the code; with the request's id, for those who help. */
const reasonOf = (host: StatefulHost, failure: CrmError | undefined): unknown => {
  if (!failure) return nothing;
  const key = `frame.${failure.code}`;
  const reason = host.text(key);
  const { requestId } = failure.facts;
  return html`<p class="message-detail">
    ${reason === key ? nothing : reason}
    ${requestId === undefined ? nothing : html`<bdi>${host.text('frame.request' satisfies Key, { id: requestId })}</bdi>`}
  </p>`;
};
