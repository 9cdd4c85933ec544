import { CrmError } from '@tessera-crm/model/errors.js';
import type { Store } from '@tessera-crm/model/store.js';
import type { Crm } from '../crm.ts';
import type { CrmInstance, CrmSettings } from '../frame/instance.ts';
import type * as Dress from '../styles/dress.ts';
import type { Appearance } from './appearance.ts';
import { Connection } from './connection.ts';
import { defineElements, type DefinedElements } from './define-elements.ts';
import type { Diagnostics } from './diagnostics.ts';
import type { ElementName } from './element-table.ts';
import type { BackendSource, ChangeableOptions, CrmOptions, Metric, TokenReason } from './options.ts';

/** What an instance is in: the whole page, or a provider's part of it. */
export interface Surroundings {
  /** @returns When the look is there, if not at once. */
  show(appearance: Appearance, report: (error: CrmError) => void): Promise<void> | void;
  leave(): void;
}

const validPrefix = /^[a-z][a-z0-9]*$/;

export class Instance implements Crm {
  readonly prefix: string;
  readonly #options: CrmOptions;
  readonly #surroundings: Surroundings;
  readonly #listeners = new Set<() => void>();
  #changeable: ChangeableOptions;
  #identity: string | undefined;
  #connections: ReadonlyMap<string, Connection>;
  #isDestroyed = false;
  /** Settles when look, isolation and density are as the page wants them. */
  #dressed: Promise<unknown> = Promise.resolve();
  dress: CrmInstance['dress'];

  constructor(options: CrmOptions, surroundings: Surroundings) {
    const { prefix = 'crm', identity } = options;
    if (!validPrefix.test(prefix)) throw new CrmError('config', `"${prefix}" cannot be a prefix.`);
    this.prefix = prefix;
    this.#options = options;
    this.#changeable = options;
    this.#identity = identity;
    this.#connections = this.#connect('initial');
    if (this.#connections.size === 0) throw new CrmError('config', 'Give at least one backend.');
    this.#surroundings = surroundings;
    this.#show(options);
  }

  get settings(): CrmSettings {
    return this.#changeable;
  }

  get identity(): string | undefined {
    return this.#identity;
  }

  get store(): Store {
    return this.backend()!.store;
  }

  get ready(): Promise<void> {
    const start = performance.now();
    return this.backend()!
      .store.arrived()
      .then(
        () => this.#measure('backend-ready', this.prefix, performance.now() - start),
        (error: CrmError) => this.report(error, this.prefix),
      );
  }

  backend(name?: string): Connection | undefined {
    return name === undefined ? this.#connections.values().next().value : this.#connections.get(name);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  report(error: CrmError, element: string): void {
    this.#changeable.onError?.(error, element);
  }

  define(...names: readonly (ElementName | readonly ElementName[])[]): Promise<DefinedElements> {
    const { registry } = this.#options;
    // Side by side with the elements' code, not after it; whoever reads first hears of a failure
    this.backend()!
      .store.arrived()
      .catch(() => {});
    return defineElements(names.flat(), {
      prefix: this.prefix,
      registry: registry ?? customElements,
      dressed: this.#dressed,
      failed: (error, name) => this.report(error, `${this.prefix}-${name}`),
      loaded: (name, milliseconds) => this.#measure('element-loaded', name, milliseconds),
    });
  }

  update(options: ChangeableOptions): void {
    this.#changeable = { ...this.#changeable, ...options };
    this.#show(options);
    this.#tell();
  }

  setIdentity(identity: string | undefined): void {
    if (!this.#isDestroyed) void this.#become(identity, false);
  }

  async signOut({ purge = false } = {}): Promise<void> {
    const closing = this.#become(undefined, purge);
    if (purge) (await import('../draft/purge-drafts.ts')).purgeDrafts(this.prefix);
    await closing;
  }

  async diagnostics(): Promise<Diagnostics> {
    const { diagnose } = await import('./diagnostics.ts');
    return diagnose({ prefix: this.prefix, settings: this.settings, connections: this.#connections });
  }

  async destroy(): Promise<void> {
    this.#isDestroyed = true;
    this.#surroundings.leave();
    this.#listeners.clear();
    await this.#closeAll(false);
  }

  async #become(identity: string | undefined, purge: boolean): Promise<void> {
    const closing = this.#closeAll(purge);
    this.#identity = identity;
    this.#connections = this.#connect('identity');
    this.#tell();
    await closing;
  }

  /** What is rare is fetched for it, side by side with the elements, which wait for it so that they never change. */
  #show({ appearance, isolation, density }: ChangeableOptions): void {
    const report = (error: CrmError): void => this.report(error, this.prefix);
    const failed = (cause: unknown): void => report(new CrmError('load-failed', 'The code of the look', {}, cause));
    const arrived = ({ dress }: typeof Dress): void => {
      this.dress = dress;
      this.#tell();
    };
    const coming = [
      appearance && this.#surroundings.show(appearance, report),
      (isolation ?? density) && !this.dress && import('../styles/dress.ts').then(arrived, failed),
    ];
    this.#dressed = Promise.all([this.#dressed, ...coming]);
  }

  #measure(name: Metric['name'], subject: string, milliseconds: number): void {
    this.#changeable.onMetric?.({ name, subject, milliseconds });
  }

  #connect(reason: TokenReason): ReadonlyMap<string, Connection> {
    const { backends } = this.#options;
    const context = {
      ...this.#options,
      ...this.#changeable,
      prefix: this.prefix,
      identity: this.#identity,
      reason,
      reachabilityChanged: () => this.#tell(),
    };
    const connect = ([name, source]: [string, BackendSource]): [string, Connection] => {
      const cacheReady = (milliseconds: number): void => this.#measure('cache-ready', name, milliseconds);
      return [name, new Connection({ ...context, name, source, cacheReady })];
    };
    return new Map(Object.entries(isSeveral(backends) ? backends : { main: backends }).map(connect));
  }

  async #closeAll(purge: boolean): Promise<void> {
    await Promise.allSettled([...this.#connections.values()].map((one) => one.close(purge)));
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

const isSeveral = (backends: CrmOptions['backends']): backends is Readonly<Record<string, string | Store>> =>
  typeof backends === 'object' && !('watchList' in backends);
