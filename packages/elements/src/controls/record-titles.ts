import type { Display } from '@tessera-crm/model/kind.js';
import type { ReactiveController } from 'lit';
import type { CrmElement } from '../frame/element.ts';
import type { Backend } from '../frame/instance.ts';
import { titleOf, type LinkRef } from './linked.ts';

const keyOf = ({ module, id }: LinkRef): string => `${module}:${id}`;

/** What linked records are called: each is looked up once, and missing quietly where one may not see it. */
export class RecordTitles implements ReactiveController {
  readonly #host: CrmElement;
  readonly #titles = new Map<string, string | null>();
  #source: Backend | undefined;

  constructor(host: CrmElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Another identity may see other things. */
  hostUpdate(): void {
    const { source } = this.#host;
    if (source === this.#source) return;
    this.#source = source;
    this.#titles.clear();
  }

  know(ref: LinkRef, title: string): void {
    this.#titles.set(keyOf(ref), title);
  }

  /** Undefined while it is looked up, null where it cannot be had. */
  of(ref: LinkRef): string | null | undefined {
    const key = keyOf(ref);
    const source = this.#host.source;
    if (this.#titles.has(key)) return this.#titles.get(key) || (this.#titles.get(key) === null ? null : undefined);
    this.#titles.set(key, '');
    if (source) void this.#look(source, ref);
    return undefined;
  }

  async #look(source: Backend, ref: LinkRef): Promise<void> {
    const title = await fetchTitle(source, ref, { locale: this.#host.locale, timeZone: this.#host.timeZone });
    if (source !== this.#host.source) return;
    this.#titles.set(keyOf(ref), title);
    this.#host.requestUpdate();
  }
}

const fetchTitle = async (
  { modules, store }: Backend,
  { module, id }: LinkRef,
  display: Display,
): Promise<string | null> => {
  try {
    const [registry, record] = await Promise.all([modules(), store.get(module, id)]);
    return titleOf(registry.find(module), record, display);
  } catch {
    return null;
  }
};
