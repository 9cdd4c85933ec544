import { FormControls } from '../../controls/form-controls.ts';
import { labelsOf, type Labels } from '../../controls/labels.ts';
import type { CrmElement } from '../../frame/element.ts';
import type { Facts } from '../../i18n/catalogue.ts';
import { LateSentences } from '../../i18n/late-sentences.ts';
import { messages } from './ask.messages.ts';

/** Controls within the board, whose own sentences came later than the board's. */
export class AskControls extends FormControls {
  readonly #sentences: LateSentences;

  constructor(host: CrmElement) {
    super(host);
    this.#sentences = new LateSentences(host, { messages, translations: { it: () => import('./ask.messages.it.ts') } });
  }

  override get labels(): Labels {
    return labelsOf({ text: (key) => this.text(key), model: () => this.words.messages });
  }

  /** Whether the sentences are here. */
  get isReady(): boolean {
    return this.#sentences.isReady;
  }

  override text(key: string, facts: Facts = {}): string {
    return this.#sentences.text(key, facts);
  }
}
