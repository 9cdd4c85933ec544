import { CrmError } from '@tessera-crm/model/errors.js';
import type { Store } from '@tessera-crm/model/store.js';
import type { Crm } from '../crm.ts';
import { crmEvent, errorDetail, type InstanceEvents } from '../frame/events.ts';
import type { CrmInstance, CrmSettings } from '../frame/instance.ts';
import type * as Dress from '../styles/dress.ts';
import type { Appearance } from './appearance.ts';
import type { Capabilities } from './capabilities.ts';
import type { checkOptions } from './check-options.ts';
import { Connection, type Left } from './connection.ts';
import { defineElements, type DefinedElements } from './define-elements.ts';
import type { Diagnostics, DiagnosticsOptions } from './diagnostics.ts';
import { loadElement, type ElementName } from './element-table.ts';
import type {
  BackendSource,
  ChangeableOptions,
  CrmOptions,
  Metric,
  SignedOut,
  SignOutOptions,
  TokenReason,
} from './options.ts';
import type { PageWitness } from './page-witness.ts';

/** What an instance is in: the whole page, or a provider's part of it. */
export interface Surroundings {
  /** Where its events are fired; undefined where there is no page. */
  readonly target: EventTarget | undefined;
  /** Where somebody hears of a wrong option: whoever calls, by an exception, or else the console. */
  readonly check: typeof checkOptions;
  /** @returns When the look is there, if not at once. */
  show(appearance: Appearance, report: (error: CrmError) => void): Promise<void> | void;
  leave(): void;
}

/** The options as they are now. */
type Settled = Omit<CrmOptions, 'identity' | 'tenant'> &
  Left & {
    readonly identity?: string | undefined;
    readonly tenant?: string | undefined;
  };

/** Options by which backends are reached: another one means beginning anew. */
const connecting = ['backends', 'getToken', 'cache', 'modules', 'fetch'] as const;

export class Instance implements Crm {
  readonly prefix: string;
  readonly #surroundings: Surroundings;
  readonly #listeners = new Set<() => void>();
  /** Side by side with the elements' code; without it diagnostics know less. */
  readonly #witness: Promise<PageWitness | undefined>;
  #options: Settled;
  #connections: ReadonlyMap<string, Connection>;
  #isDestroyed = false;
  /** Settles when look, isolation and density are as the page wants them. */
  #dressed: Promise<unknown> = Promise.resolve();
  dress: CrmInstance['dress'];

  constructor(options: CrmOptions, surroundings: Surroundings) {
    const { prefix = 'crm' } = options;
    surroundings.check(options);
    this.prefix = prefix;
    this.#options = options;
    this.#connections = this.#connect('initial');
    this.#surroundings = surroundings;
    this.#witness = import('./page-witness.ts').then(
      ({ witnessPage }) => witnessPage(prefix, import.meta.url),
      () => undefined,
    );
    this.#show(options);
  }

  get settings(): CrmSettings {
    return this.#options;
  }

  get identity(): string | undefined {
    return this.#options.identity;
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
    this.#options.onError?.(error, element);
  }

  define(...names: readonly (ElementName | readonly ElementName[])[]): Promise<DefinedElements> {
    return defineElements(names.flat(), {
      prefix: this.prefix,
      registry: this.#registry,
      settings: () => this.settings,
      dressed: () => this.#dressed,
      // Side by side with the elements' code, not after it; whoever reads first hears of a failure
      wanted: () =>
        void this.backend()
          ?.store.arrived()
          .catch(() => {}),
      failed: (error, name) => this.report(error, `${this.prefix}-${name}`),
      loaded: (name, milliseconds) => this.#measure('element-loaded', name, milliseconds),
    });
  }

  async preload(...names: readonly (ElementName | readonly ElementName[])[]): Promise<void> {
    await Promise.allSettled(names.flat().map(async (name) => loadElement(name)));
  }

  update(options: ChangeableOptions): void {
    this.#surroundings.check(options, true);
    if (this.#isDestroyed) return;
    this.#options = { ...this.#options, ...options };
    this.#show(options);
    if (connecting.some((name) => name in options)) void this.#reconnect('initial');
    else if ('scope' in options) for (const one of this.#connections.values()) one.renewToken('scope');
    this.#tell();
  }

  setIdentity(
    identity: string | undefined,
    { tenant = this.#options.tenant }: { readonly tenant?: string } = {},
  ): void {
    const isSame = identity !== undefined && identity === this.identity && tenant === this.#options.tenant;
    if (!isSame) void this.#become(identity, tenant);
  }

  async signOut({ purge, unsent }: SignOutOptions = {}): Promise<SignedOut> {
    try {
      if (purge) return (await import('./purge.ts')).purge(this.#subject, unsent);
    } catch (cause) {
      this.report(new CrmError('load-failed', 'The code of purge', {}, cause), this.prefix);
    }
    await this.#become();
    return 'kept';
  }

  async capabilities(): Promise<Capabilities> {
    const { capabilitiesOf } = await import('./capabilities.ts');
    return capabilitiesOf(this.#subject);
  }

  async diagnostics(options?: DiagnosticsOptions): Promise<Diagnostics> {
    const { diagnose } = await import('./diagnostics.ts');
    return diagnose(this.#subject, options);
  }

  async destroy(): Promise<void> {
    this.#isDestroyed = true;
    this.#surroundings.leave();
    this.#listeners.clear();
    await this.#closeAll();
    (await this.#witness)?.leave();
  }

  get #registry(): CustomElementRegistry {
    return this.#options.registry ?? customElements;
  }

  /** What is looked at where somebody asks why things are as they are. */
  get #subject() {
    const { prefix, settings } = this;
    return {
      prefix,
      settings,
      registry: this.#registry,
      connections: this.#connections,
      witness: this.#witness,
      crm: this,
      target: this.#surroundings.target,
    };
  }

  async #become(identity?: string, tenant = this.#options.tenant, more: Left = {}): Promise<void> {
    if (this.#isDestroyed) return;
    this.#options = { ...this.#options, isLeft: false, ...more, identity, tenant };
    const closing = this.#reconnect('identity');
    this.#tell();
    this.#fire('identity-change', { identity: () => identity });
    await closing;
  }

  /** Nothing that is under way comes to its end, and nobody hears of it. */
  async #reconnect(reason: TokenReason): Promise<void> {
    const closing = this.#closeAll();
    this.#connections = this.#connect(reason);
    await closing;
  }

  #fire<K extends keyof InstanceEvents>(name: K, detail: InstanceEvents[K]): void {
    this.#surroundings.target?.dispatchEvent(crmEvent(`${this.prefix}-${name}`, detail));
  }

  #connectionChanged(backend: string, trouble: CrmError | null): void {
    this.#tell();
    if (!trouble) return;
    this.report(trouble, this.prefix);
    this.#fire('auth-error', { ...errorDetail(trouble), backend });
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
    this.#options.onMetric?.({ name, subject, milliseconds });
  }

  #connect(reason: TokenReason): ReadonlyMap<string, Connection> {
    const { backends } = this.#options;
    const connect = ([name, source]: [string, BackendSource]): [string, Connection] => {
      const context = {
        ...this.#options,
        name,
        source,
        reason,
        prefix: this.prefix,
        now: () => this.#options,
        changed: (trouble: CrmError | null) => this.#connectionChanged(name, trouble),
        leave: (more: Left) => this.#become(undefined, undefined, more),
      };
      return [name, new Connection(context)];
    };
    return new Map(Object.entries(isSeveral(backends) ? backends : { main: backends }).map(connect));
  }

  async #closeAll(): Promise<void> {
    await Promise.allSettled([...this.#connections.values()].map((one) => one.close()));
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

const isSeveral = (backends: CrmOptions['backends']): backends is Readonly<Record<string, string | Store>> =>
  typeof backends === 'object' && !('watchList' in backends);
