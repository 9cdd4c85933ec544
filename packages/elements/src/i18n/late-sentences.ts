import type { CrmElement } from '../frame/element.ts';
import { isolated, sentence, textsOf, type Catalogue, type Facts, type Messages } from './catalogue.ts';

/** Sentences that are fetched later than the element that says them. */
export class LateSentences {
  readonly #host: CrmElement;
  readonly #catalogue: Catalogue;
  #locale: string | undefined;
  #texts: Messages | undefined;

  constructor(host: CrmElement, catalogue: Catalogue) {
    this.#host = host;
    this.#catalogue = catalogue;
  }

  /** Whether they are here; asking for it is what fetches them. */
  get isReady(): boolean {
    const { locale } = this.#host;
    if (locale !== this.#locale) this.#read(locale);
    return this.#texts !== undefined;
  }

  /** One of these sentences, else one of the element's own. */
  text(key: string, facts: Facts = {}): string {
    const own = this.#texts?.[key];
    const { locale } = this.#host;
    return own === undefined ? this.#host.text(key, facts) : isolated(sentence(own, facts, locale), locale);
  }

  #read(locale: string): void {
    this.#locale = locale;
    this.#texts = undefined;
    const texts = textsOf([this.#catalogue], locale);
    if (!(texts instanceof Promise)) {
      this.#texts = texts;
      return;
    }
    const arrived = (one: Messages): void => {
      if (locale !== this.#locale) return;
      this.#texts = one;
      this.#host.requestUpdate();
    };
    texts.then(arrived, () => arrived(this.#catalogue.messages));
  }
}
