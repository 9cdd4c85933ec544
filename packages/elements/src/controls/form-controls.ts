import type { Display, Reading } from '@tessera-crm/model/kind.js';
import type { ReactiveController } from 'lit';
import type { CrmElement } from '../frame/element.ts';
import type { Backend } from '../frame/instance.ts';
import { labelsOf, type Labels } from './labels.ts';
import { ModelWords } from './model-words.ts';
import { readingOf } from './reading.ts';
import { RecordTitles } from './record-titles.ts';

interface FormOptions {
  /** Text at a path that says no value yet, from before the element was made. */
  readonly unread?: (path: string) => string | undefined;
}

/**
 * What the controls of one element share: language, data, and what each remembers between two renders (what is being
 * typed, which list is open). Controls themselves are functions; nothing of them outlives the element.
 */
export class FormControls implements ReactiveController {
  readonly host: CrmElement;
  readonly words: ModelWords;
  readonly titles: RecordTitles;
  readonly #options: FormOptions;
  readonly #memory = new Map<string, object>();
  #connection = new AbortController();

  constructor(host: CrmElement, options: FormOptions = {}) {
    this.host = host;
    this.words = new ModelWords(host);
    this.titles = new RecordTitles(host);
    this.#options = options;
    host.addController(this);
  }

  get source(): Backend | undefined {
    return this.host.source;
  }

  /** Aborts when the element leaves the page. */
  get connection(): AbortSignal {
    return this.#connection.signal;
  }

  get labels(): Labels {
    return labelsOf({ text: (key) => this.host.text(key), model: () => this.words.messages });
  }

  get reading(): Reading {
    const { timeZone, locale } = this.host;
    return readingOf(locale, { timeZone, currency: this.host.crm?.settings.currency });
  }

  get display(): Display {
    return { locale: this.host.locale, timeZone: this.host.timeZone };
  }

  unread(path: string): string | undefined {
    return this.#options.unread?.(path);
  }

  text(key: string, facts: Readonly<Record<string, string | number>> = {}): string {
    return this.host.text(key, facts);
  }

  /** What a control keeps about the field at a path. */
  memory<T extends object>(path: string, control: string, make: () => T): T {
    const key = `${control} ${path}`;
    let kept = this.#memory.get(key) as T | undefined;
    if (!kept) this.#memory.set(key, (kept = make()));
    return kept;
  }

  /** Forgets what was being typed and which lists are open: the form starts anew. */
  forget(): void {
    this.#connection.abort();
    this.#connection = new AbortController();
    this.#memory.clear();
    this.changed();
  }

  changed(): void {
    this.host.requestUpdate();
  }

  hostConnected(): void {
    if (this.#connection.signal.aborted) this.#connection = new AbortController();
  }

  hostDisconnected(): void {
    this.#connection.abort();
  }
}
