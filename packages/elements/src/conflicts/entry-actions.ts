import { html, nothing, type TemplateResult } from 'lit';
import type { Entry, Side } from './entry.ts';
import type { InboxView } from './entry-view.ts';
import type { Way } from './settling.ts';

/** What can be done about an entry. @param isChoice - Whether there is a choice to be made first. */
export const renderActions = (entry: Entry, view: InboxView, isChoice: boolean): TemplateResult => {
  const { settling, t } = view;
  const { isAsking, isBusy } = settling.of(entry.refused);
  const button = (label: string, part: string, look: string, run: (event: Event) => unknown): TemplateResult =>
    html`<button class="button ${look}" part=${part} type="button" aria-disabled=${String(isBusy)} @click=${run}>
      ${label}
    </button>`;
  if (isAsking) return renderQuestion(entry, view, button);
  const settle =
    (way: Way) =>
    (event: Event): void => {
      // Where an event happened is forgotten when it is over
      const article = articleOf(event);
      void settling.settle(entry, way).then(([missing]) => missing !== undefined && focusOn(article, missing));
    };
  const [way, label] = wayOf(entry, isChoice);
  return html`<div class="actions no-print">
    ${isChoice && entry.conflicts.length > 1 ? renderAll(entry, view) : nothing}
    ${button(t('discard'), 'discard', 'quiet', (event) => ask(event, entry, view, true))}
    ${button(t(label), way === 'again' ? 'again' : way === 'restore' ? 'restore' : 'apply', way === 'again' ? '' : 'primary', settle(way))}
  </div>`;
};

const wayOf = ({ deleted, error, refused }: Entry, isChoice: boolean): readonly [Way, string] => {
  if (isChoice) return ['choice', 'apply'];
  if (deleted) return ['restore', 'restore'];
  const isMet = error.code === 'conflict' || error.code === 'version-conflict';
  if (!isMet) return ['again', 'again'];
  return ['again', refused.changes.every(({ op }) => op === 'delete') ? 'again.delete' : 'again.mine'];
};

const renderAll = (entry: Entry, { settling, t }: InboxView): TemplateResult => {
  const fields = entry.conflicts.map(({ field }) => field);
  const all = (side: Side): TemplateResult =>
    html`<button class="button quiet" type="button" @click=${() => settling.choose(entry, fields, side)}>
      ${t(`all.${side}`)}
    </button>`;
  return html`<span class="all">${all('mine')}${all('theirs')}</span>`;
};

type Button = (label: string, part: string, look: string, run: (event: Event) => unknown) => TemplateResult;

/** Work would be lost. */
const renderQuestion = (entry: Entry, view: InboxView, button: Button): TemplateResult => {
  const { settling, t } = view;
  const cancel = (event: Event): void => ask(event, entry, view, false);
  const id = `${entry.refused.n}-sure`;
  return html`<div
    class="actions question no-print"
    role="group"
    aria-labelledby=${id}
    @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && cancel(event)}
  >
    <p id=${id}>${t('discard.sure')}</p>
    ${button(t('discard.keep'), 'keep', '', cancel)}
    ${button(t('discard'), 'discard', 'bad', () => settling.settle(entry, 'discard'))}
  </div>`;
};

/** Whoever works by keyboard is where the question is, and back afterwards. */
const ask = (event: Event, entry: Entry, { settling, host }: InboxView, isAsking: boolean): void => {
  const article = articleOf(event);
  settling.ask(entry, isAsking);
  void host.updateComplete.then(() =>
    article?.querySelector<HTMLElement>(isAsking ? '[part="keep"]' : '[part="discard"]')?.focus(),
  );
};

const focusOn = (article: Element | null, field: string): void => {
  const radios = article?.querySelectorAll<HTMLElement>('[data-field]') ?? [];
  [...radios].find(({ dataset }) => dataset['field'] === field)?.focus();
};

const articleOf = ({ target }: Event): Element | null => (target as Element).closest('article');
