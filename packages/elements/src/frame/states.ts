import type { CrmError } from '@tessera-crm/model/errors.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { Facts, Message, Messages } from '../i18n/catalogue.ts';
import { messages as stateMessages } from '../i18n/state.messages.ts';
import type { Icon } from '../icon.ts';
import { iconAlert, iconInbox, iconLock, iconOffline, iconRetry } from '../state-icons.ts';
import { adopt } from '../styles/adopt.ts';
import { rest } from '../styles/rest.ts';
import { stateStyles } from '../styles/state.ts';
import type { Backend } from './instance.ts';
import type { ViewState } from './view-state.ts';

/** What the shared templates need of an element. */
export interface StatefulHost {
  readonly failure: CrmError | undefined;
  readonly hasData: boolean;
  readonly emptyKey: string;
  retry(): void;
  renderLoading(): unknown;
  renderOfflineNote(): unknown;
  readonly renderRoot: Node;
  /** The data behind it. */
  readonly source?: Backend | undefined;
  text(key: string, facts?: Facts, otherwise?: Message): string;
}

export { iconOffline };

/** The sentences that come with the templates, and serve whoever has to say the same. */
export const messages: Messages = stateMessages;

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

export const emptyState = (host: StatefulHost, text = say(host, host.emptyKey)): TemplateResult =>
  html`<slot name="empty">${message(host, iconInbox, [text])}</slot>`;

export const errorState = (host: StatefulHost, failure = host.failure): TemplateResult =>
  html`<slot name="error"
    >${message(host, iconAlert, [say(host, 'frame.error'), reasonOf(host, failure), retryButton(host)])}</slot
  >`;

export const forbiddenState = (host: StatefulHost): TemplateResult => {
  // Who signs in elsewhere comes back to this page and goes on
  const isRetryable = isUnknown(host.failure);
  const text = say(host, isRetryable ? 'frame.auth' : 'frame.forbidden');
  return html`<slot name="forbidden"
    >${message(host, iconLock, [text, isRetryable ? retryButton(host) : nothing])}</slot
  >`;
};

export const offlineState = (host: StatefulHost): TemplateResult =>
  html`<slot name="offline"
    >${message(host, iconOffline, [say(host, 'frame.offline.empty'), retryButton(host)])}</slot
  >`;

/** Says above data from before that they are from before. */
export const offlineNote = (host: StatefulHost): TemplateResult => {
  adopt(host.renderRoot, rest, stateStyles);
  return html`<slot name="offline"
    ><p class="note" part="offline-note" role="status">
      ${iconOffline}<span>${say(host, offlineReason(host.source?.trouble))}</span>
    </p></slot
  >`;
};

/** Whether nobody is signed in, as far as the server knows. */
const isUnknown = (error: CrmError | null | undefined): boolean =>
  error?.code === 'auth-required' || error?.code === 'token-rejected';

/** Why nobody lets us ask the server, where there is no room for a sentence. */
export const troubleOf = (host: Pick<StatefulHost, 'source' | 'text'>): string | undefined => {
  const trouble = host.source?.trouble;
  return trouble ? say(host, isUnknown(trouble) ? 'frame.trouble.auth' : 'frame.trouble.token') : undefined;
};

const offlineReason = (trouble: CrmError | null | undefined): string => {
  if (!trouble) return 'frame.offline';
  return isUnknown(trouble) ? 'frame.offline.auth' : 'frame.offline.token';
};

const templates = {
  empty: (host: StatefulHost) => emptyState(host),
  error: (host: StatefulHost) => errorState(host),
  forbidden: forbiddenState,
  offline: offlineState,
} as const;

/** An icon, a sentence, perhaps why and a way out. */
const message = (host: StatefulHost, icon: Icon, [text, ...others]: readonly unknown[]): TemplateResult => {
  adopt(host.renderRoot, rest, stateStyles);
  return html`<div class="message" part="message" role="status">
    ${icon}
    <p class="message-text">${text}</p>
    ${others}
  </div>`;
};

const retryButton = (host: StatefulHost): TemplateResult =>
  html`<button class="button" part="retry" type="button" @click=${() => host.retry()}>
    ${iconRetry}${say(host, 'frame.retry')}
  </button>`;

/** Why, in the person's language where we have a sentence for the code; with the request's id, for those who help. */
const reasonOf = (host: StatefulHost, failure: CrmError | undefined): unknown => {
  if (!failure) return nothing;
  const { requestId, isAboutToken } = failure.facts;
  const reason = say(host, isAboutToken ? 'frame.token' : `frame.${failure.code}`, {}, '');
  return html`<p class="message-detail">
    ${reason} ${requestId === undefined ? nothing : html`<bdi>${say(host, 'frame.request', { id: requestId })}</bdi>`}
  </p>`;
};

/** A sentence; those of states are here in English, as the rest of an element's are. */
const say = (host: Pick<StatefulHost, 'text'>, key: string, facts?: Facts, otherwise = key): string =>
  host.text(key, facts, messages[key] ?? otherwise);
