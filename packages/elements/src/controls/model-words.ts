import type { Messages } from '@tessera-crm/model/locales/label.js';
import type { ReactiveController } from 'lit';
import type { CrmElement } from '../frame/element.ts';

type Load = () => Promise<{ readonly messages: Messages }>;

/** The languages in which modules, fields and options have names. */
const languages: Readonly<Record<string, Load>> = {
  en: () => import('@tessera-crm/model/locales/en.js'),
  it: () => import('@tessera-crm/model/locales/it.js'),
};

const kept = new Map<Load, Messages>();
const noWords: Messages = {};

/** The names of modules, fields and options in the person's language, fetched when somebody asks for the first one. */
export class ModelWords implements ReactiveController {
  readonly #host: CrmElement;
  #asked: Load | undefined;

  constructor(host: CrmElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Undefined until they are there; no words at all if they could not be fetched. */
  get messages(): Messages | undefined {
    const load = languages[this.#host.locale.split('-')[0]!.toLowerCase()] ?? languages['en']!;
    const words = kept.get(load);
    if (!words && this.#asked !== load) void this.#ask(load);
    return words;
  }

  hostDisconnected(): void {
    this.#asked = undefined;
  }

  async #ask(load: Load): Promise<void> {
    this.#asked = load;
    try {
      kept.set(load, (await load()).messages);
    } catch {
      // The names are readable without; the next page load tries again
      kept.set(load, noWords);
    }
    this.#host.requestUpdate();
  }
}
