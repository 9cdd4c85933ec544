import { FormControls } from '../../controls/form-controls.ts';
import { labelsOf, type Labels } from '../../controls/labels.ts';
import { sentence, textsOf, type Catalogue, type Facts, type Messages } from '../../i18n/catalogue.ts';
import { messages } from './ask.messages.ts';

const catalogue: Catalogue = { messages, translations: { it: () => import('./ask.messages.it.ts') } };

/** Controls within the board, whose own sentences came later than the board's. */
export class AskControls extends FormControls {
  #locale: string | undefined;
  #texts: Messages | undefined;

  override get labels(): Labels {
    return labelsOf({ text: (key) => this.text(key), model: () => this.words.messages });
  }

  /** Whether the sentences are here. */
  get isReady(): boolean {
    const { locale } = this.host;
    if (locale !== this.#locale) this.#read(locale);
    return this.#texts !== undefined;
  }

  override text(key: string, facts: Facts = {}): string {
    const own = this.#texts?.[key];
    return own === undefined ? this.host.text(key, facts) : sentence(own, facts, this.host.locale);
  }

  #read(locale: string): void {
    this.#locale = locale;
    this.#texts = undefined;
    const texts = textsOf([catalogue], locale);
    if (!(texts instanceof Promise)) {
      this.#texts = texts;
      return;
    }
    const arrived = (one: Messages): void => {
      this.#texts = one;
      this.changed();
    };
    texts.then(arrived, () => arrived(messages));
  }
}
