import type { CrmError } from '@tessera-crm/model/errors.js';
import { elementBrand, type ElementClass } from '../frame/define.ts';
import { crmEvent, errorDetail } from '../frame/events.ts';
import type { CrmSettings } from '../frame/instance.ts';
import { showFailure } from './failure.ts';
import type { Household, Inside, moveIn } from './move-in.ts';
import { keepRoom } from './room.ts';
import { declare, namesIn, type ShellPlan } from './shell-names.ts';
import { whenWanted } from './when-wanted.ts';

export interface ShellContext {
  readonly prefix: string;
  settings(): CrmSettings;
  /** px, until the code is there. */
  readonly height: number;
  /** The element's code, and how it moves into a shell; asked for again after a failure. */
  load(): Promise<{ readonly Element: ElementClass; readonly moveIn: typeof moveIn }>;
  /** @returns What to tell the page. */
  failed(cause: unknown): CrmError;
}

/** Servers import this, too. */
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

/**
 * The class behind a public tag: small enough to be there before anything else of the page runs, so that frameworks
 * find the properties they set, forms their controls and the page's layout its room. The element itself is fetched when
 * it is wanted, and lives inside.
 */
class Shell extends Base {
  static readonly element: string = '';
  static readonly plan: ShellPlan;
  static readonly context: ShellContext;

  static get [elementBrand](): string {
    return this.element;
  }

  readonly #internals = this.attachInternals();
  readonly #root = this.attachShadow({ mode: 'open' });
  /** What was set before the code came, and what is true until then; without what pages add to all objects. */
  readonly #given: Record<string, unknown> = { __proto__: null, viewState: 'loading' };
  /** What the form said, by the name of its callback. */
  readonly #said = new Map<string, readonly unknown[]>();
  #inside: Inside | undefined;
  #connection = new AbortController();

  constructor() {
    super();
    this.#internals.ariaBusy = 'true';
    this.#internals.states?.add('loading');
    this.#takeEarly();
  }

  /** Gives the class what its plan names: frameworks look for it before they set anything. */
  static declareNames(): void {
    const { plan, prototype } = this;
    const readable = (name: string): PropertyDescriptor & ThisType<Shell> => ({
      enumerable: true,
      get() {
        return this.#now[name];
      },
    });
    declare<Shell>(prototype, plan.get, readable);
    declare<Shell>(prototype, plan.set, (name) => ({
      ...readable(name),
      set(value: unknown) {
        this.#now[name] = value;
      },
    }));
    declare<Shell>(prototype, plan.call, (name) => ({
      async value(...given: readonly unknown[]) {
        const inside = this.#inside ?? (await this.#fetch());
        return inside?.[name]?.(...given);
      },
    }));
    if (!plan.isForm) return;
    // What a form's control answers by itself is true before its code has come, too
    declare<Shell>(prototype, 'form labels validity validationMessage willValidate', (name) => ({
      enumerable: true,
      get() {
        return this.#internals[name as keyof ElementInternals];
      },
    }));
    declare<Shell>(prototype, 'checkValidity reportValidity', (name) => ({
      value() {
        return this.#internals[name as 'checkValidity' | 'reportValidity']();
      },
    }));
  }

  connectedCallback(): void {
    if (this.#inside) return;
    this.#begin();
    whenWanted(this.#root, this.#connection.signal, () => void this.#fetch());
  }

  disconnectedCallback(): void {
    this.#connection.abort();
  }

  override focus(options?: FocusOptions): void {
    if (this.#inside) this.#inside.focus(options);
    else super.focus(options);
  }

  formResetCallback(): void {
    this.#inside?.['formResetCallback']?.();
  }

  formDisabledCallback(...given: readonly unknown[]): void {
    this.#tell('formDisabledCallback', given);
  }

  formStateRestoreCallback(...given: readonly unknown[]): void {
    this.#tell('formStateRestoreCallback', given);
  }

  get #context(): ShellContext {
    return (this.constructor as typeof Shell).context;
  }

  /** What has the properties of this element. */
  get #now(): Record<string, unknown> {
    return this.#inside ?? this.#given;
  }

  /** Properties that a page set while this class was not here yet hide our own. */
  #takeEarly(): void {
    for (const name of namesIn((this.constructor as typeof Shell).plan.set)) {
      if (!Object.hasOwn(this, name)) continue;
      this.#given[name] = Reflect.get(this, name);
      Reflect.deleteProperty(this, name);
    }
  }

  /** Nothing of an earlier try goes on. */
  #begin(): void {
    this.#connection.abort();
    this.#connection = new AbortController();
    this.#keepRoom();
  }

  #keepRoom(): HTMLElement {
    const { height, settings } = this.#context;
    return keepRoom(this.#root, height, settings().isolation === 'strict');
  }

  #tell(callback: string, given: readonly unknown[]): void {
    this.#said.set(callback, given);
    this.#inside?.[callback]?.(...given);
  }

  async #fetch(): Promise<Inside | undefined> {
    try {
      const { Element, moveIn } = await this.#context.load();
      // Asked for twice, it moves in once
      if (!this.#inside) this.#show(moveIn(Element, this.#household));
      return this.#inside;
    } catch (cause) {
      this.#fail(this.#context.failed(cause));
      return undefined;
    }
  }

  get #household(): Household {
    return {
      outer: this,
      internals: this.#internals,
      prefix: this.#context.prefix,
      given: this.#given,
      said: this.#said,
    };
  }

  /** From now on a page that is back on the network finds nothing to try again. */
  #show(inside: Inside): void {
    this.#connection.abort();
    this.#inside = inside;
    this.#root.replaceChildren(inside);
  }

  #fail(error: CrmError): void {
    const { prefix, settings } = this.#context;
    this.dispatchEvent(crmEvent(`${prefix}-load-error`, errorDetail(error)));
    showFailure({
      root: this.#root,
      box: this.#keepRoom(),
      settings: settings(),
      signal: this.#connection.signal,
      retry: () => {
        this.#begin();
        void this.#fetch();
      },
    });
  }
}

/** The class of a public tag. */
export const shellOf = (element: string, plan: ShellPlan, context: ShellContext): ElementClass => {
  class OwnShell extends Shell {
    static override readonly element = element;
    static override readonly plan = plan;
    static override readonly context = context;
    static readonly prefix = context.prefix;
    static readonly formAssociated = plan.isForm === true;
  }
  OwnShell.declareNames();
  return OwnShell;
};
