import { CrmError } from '@tessera-crm/model/errors.js';
import { isolated, sentence, textsOf, type Facts, type Message, type Messages } from '../i18n/catalogue.ts';
import { frameCatalogue } from '../i18n/frame-catalogue.ts';
import type { CrmElement } from './element.ts';
import { lateStates } from './late-states.ts';
import { localeOf } from './locale.ts';

/** What an element says, in the language of its surroundings and in the words of the page where it has its own. */
export class Words {
  readonly #host: CrmElement;
  #locale: string | undefined;
  #texts: Messages | undefined;
  #textsLocale: string | undefined;

  constructor(host: CrmElement) {
    this.#host = host;
  }

  /** BCP 47: the nearest `lang`, then the instance's, then the browser's. */
  get locale(): string {
    return (this.#locale ??= localeOf(this.#host, this.#host.crm?.settings.locale));
  }

  /** Whether the sentences of the person's language are here. */
  get areHere(): boolean {
    return this.#texts !== undefined;
  }

  /** @param otherwise - What is said if there is no such sentence. */
  say(key: string, facts: Facts, otherwise: Message = lateStates()?.messages[key] ?? key): string {
    const { locale } = this;
    const { element } = this.#host.constructor as typeof CrmElement;
    const overrides = this.#host.crm?.settings.messages;
    const wanted = key.startsWith('frame.') ? key : `${element}.${key}`;
    const own = overrides?.[locale]?.[wanted] ?? overrides?.[locale.split('-')[0]!]?.[wanted];
    const text = sentence(own ?? this.#texts?.[key] ?? otherwise, facts, locale);
    return own === undefined && text !== key ? isolated(text, locale) : text;
  }

  /** Looks around again: the language may be another now. */
  follow(): void {
    this.#locale = undefined;
    const { locale } = this;
    if (locale === this.#textsLocale) return;
    this.#textsLocale = locale;
    const own = this.#host.constructor as typeof CrmElement;
    const texts = textsOf([frameCatalogue, own], locale);
    if (!(texts instanceof Promise)) {
      this.#texts = texts;
      return;
    }
    const arrived = (one: Messages): void => {
      if (this.#textsLocale !== locale) return;
      this.#texts = one;
      this.#host.requestUpdate();
    };
    texts.then(arrived, (cause: unknown) => {
      arrived({ ...frameCatalogue.messages, ...own.messages });
      this.#host.fail(new CrmError('load-failed', `The sentences in ${locale}`, {}, cause));
    });
  }
}
