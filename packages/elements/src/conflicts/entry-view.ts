import type { Change } from '@tessera-crm/model/change.js';
import { humanise, labelOf, type Messages } from '@tessera-crm/model/locales/label.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { CrmElement } from '../frame/element.ts';
import { recordLink } from '../frame/record-link.ts';
import type { Facts } from '../i18n/catalogue.ts';
import { iconAlert } from '../icons.ts';
import { reasonsOf } from '../outgoing/reasons.ts';
import { renderActions } from './entry-actions.ts';
import type { Entry } from './entry.ts';
import { renderChoice } from './field-choice.ts';
import { recordName } from './record-name.ts';
import type { Settling } from './settling.ts';
import { labelOfField, valueView, type Shown } from './value-view.ts';

/** What entries are shown with. */
export interface InboxView {
  readonly host: CrmElement;
  readonly entries: readonly Entry[];
  readonly settling: Settling;
  readonly shown: Shown;
  readonly words: Messages;
  /** Of an entry's name. */
  readonly level: number;
  readonly t: (key: string, facts?: Facts) => string;
  readonly when: (at: string) => string;
}

export const renderEntry = (entry: Entry, view: InboxView): TemplateResult => {
  const { refused, met, conflicts } = entry;
  const [first, ...others] = refused.changes;
  const names = new Set(refused.changes.map(({ module, id }) => `${module}:${id}`)).size;
  return html`<article class="entry" part="entry" data-n=${refused.n}>
    <header>
      <div class="name" role="heading" aria-level=${view.level} tabindex="-1">${nameOf(first!, names - 1, view)}</div>
      ${others.length === 0 ? html`<p class="muted meta">${metaOf(first!, refused.at, view)}</p>` : nothing}
    </header>
    ${renderReasons(entry, view)} ${conflicts.map((conflict) => renderChoice(entry, conflict, view))}
    ${refused.changes.map((change) => renderChange(entry, change, view))}
    ${renderActions(entry, view, conflicts.length > 0 && met !== undefined)}
  </article>`;
};

/** Where the record is, if it is anywhere. */
const nameOf = (change: Change, others: number, view: InboxView): unknown => {
  const { module, id, op } = change;
  const known = recordName(change, view.shown);
  const name = known ?? labelOf(`${module}.one`, view.words);
  const text = html`<bdi>${others > 0 ? view.t('more', { name, count: others }) : name}</bdi>`;
  const isThere = op !== 'create' && known !== undefined && view.shown.titles.of({ module, id }) !== null;
  return isThere
    ? recordLink(view.host, { module, id, record: () => null }, 'name', text)
    : html`<span part="name">${text}</span>`;
};

const metaOf = (change: Change, at: string, { words, t, when }: InboxView): string =>
  t(`meta.${change.op}`, {
    kind: labelOf(`${change.module}.one`, words),
    when: when(at),
    ...(change.op === 'act' && { action: humanise(change.action) }),
  });

const renderReasons = (entry: Entry, view: InboxView): TemplateResult =>
  html`<div class="reasons" part="reason">
    ${iconAlert}
    <ul>
      ${reasonsIn(entry, view).map((reason) => html`<li>${reason}</li>`)}
    </ul>
  </div>`;

const reasonsIn = (entry: Entry, view: InboxView): readonly string[] => {
  const { conflicts, deleted, because, error, refused, met } = entry;
  const { t, words } = view;
  const { note } = view.settling.of(refused);
  if (note) return [t(note)];
  if (conflicts.length > 0) return [t('conflict')];
  if (deleted) return [t('deleted')];
  if (because === undefined) return reasonsOf(error, (met ?? refused.changes[0]!).module, words);
  const cause = view.entries.find(({ refused: { n } }) => n === because)?.refused.changes[0];
  const name = cause && recordName(cause, view.shown);
  return [name === undefined ? t('because') : t('because.of', { name })];
};

/** The values of a change that nobody has to choose. */
const renderChange = (entry: Entry, change: Change, view: InboxView): unknown => {
  const { refused, conflicts, met } = entry;
  const isOneOf = refused.changes.length > 1;
  const given = 'values' in change ? change.values : 'args' in change ? change.args : {};
  const asked = change === met ? conflicts.map(({ field }) => field) : [];
  const values = Object.entries(given).filter(
    ([name, value]) => !asked.includes(name) && (change.op !== 'create' || (value ?? null) !== null),
  );
  if (values.length === 0 && !isOneOf) return nothing;
  const module = view.shown.registry.find(change.module);
  const title = isOneOf ? metaOf(change, refused.at, view) : undefined;
  const label = view.t(asked.length > 0 ? 'also' : 'typed');
  return html`<section class="typed">
    <p class="typed-title">
      ${title === undefined ? label : html`${recordName(change, view.shown)} <span class="muted">${title}</span>`}
    </p>
    <dl>
      ${values.map(
        ([name, value]) =>
          html`<div class="typed-value">
            <dt>${labelOfField(module, change.module, name, view.shown)}</dt>
            <dd>${valueView(change.module, name, value, view.shown)}</dd>
          </div>`,
      )}
    </dl>
  </section>`;
};
