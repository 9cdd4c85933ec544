import type { CrmError } from '@tessera-crm/model/errors.js';
import { elementBrand, type ElementClass } from '../frame/define.ts';
import { errorDetail } from '../frame/events.ts';
import type { CrmSettings } from '../frame/instance.ts';
import { showFailure } from './failure.ts';
import type { Household, moveIn } from './move-in.ts';
import { closeShell, keepRoom } from './room.ts';
import { declareNames, namesIn, type Access, type ShellPlan } from './shell-names.ts';
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

/** An element whose code has come. */
type Inside = HTMLElement & Record<string, unknown> & Partial<FormCallbacks>;

interface FormCallbacks {
  formResetCallback(): void;
  formDisabledCallback(isDisabled: boolean): void;
  formStateRestoreCallback(state: unknown, reason: string): void;
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

  /** How the names that a plan gives to the class reach one of its elements. */
  static readonly access: Access<Shell> = {
    read: (shell, name) => (shell.#inside ? shell.#inside[name] : shell.#given.get(name)),
    write: (shell, name, value) => shell.#write(name, value),
    call: (shell, name, given) => shell.#call(name, given),
    internals: (shell) => shell.#internals,
  };

  readonly #internals = this.attachInternals();
  readonly #root = this.attachShadow({ mode: 'open' });
  /** What was set before the code came. */
  readonly #given = new Map<string, unknown>([['viewState', 'loading']]);
  #inside: Inside | undefined;
  #isDisabled = false;
  #restored: readonly [state: unknown, reason: string] | undefined;
  #connection = new AbortController();

  constructor() {
    super();
    this.#internals.ariaBusy = 'true';
    this.#internals.states?.add('loading');
    this.#keepRoom();
    this.#takeEarly();
  }

  connectedCallback(): void {
    this.#connection = new AbortController();
    if (!this.#inside) whenWanted(this, this.#root, this.#connection.signal, () => void this.#fetch());
  }

  disconnectedCallback(): void {
    this.#connection.abort();
  }

  override focus(options?: FocusOptions): void {
    if (this.#inside) this.#inside.focus(options);
    else super.focus(options);
  }

  formResetCallback(): void {
    this.#inside?.formResetCallback?.();
  }

  formDisabledCallback(isDisabled: boolean): void {
    this.#isDisabled = isDisabled;
    this.#inside?.formDisabledCallback?.(isDisabled);
  }

  formStateRestoreCallback(state: unknown, reason: string): void {
    this.#restored = [state, reason];
    this.#inside?.formStateRestoreCallback?.(state, reason);
  }

  get #plan(): ShellPlan {
    return (this.constructor as typeof Shell).plan;
  }

  get #context(): ShellContext {
    return (this.constructor as typeof Shell).context;
  }

  #keepRoom(): void {
    keepRoom(this.#root, this.#context.height);
    closeShell(this.#root, this.#context.settings().isolation === 'strict');
  }

  /** Properties that a page set while this class was not here yet hide our own. */
  #takeEarly(): void {
    for (const name of namesIn(this.#plan.set)) {
      if (!Object.hasOwn(this, name)) continue;
      this.#given.set(name, Reflect.get(this, name));
      Reflect.deleteProperty(this, name);
    }
  }

  #write(name: string, value: unknown): void {
    if (this.#inside) this.#inside[name] = value;
    else this.#given.set(name, value);
  }

  async #call(name: string, given: readonly unknown[]): Promise<unknown> {
    const inside = this.#inside ?? (await this.#fetch());
    return (inside?.[name] as ((...some: readonly unknown[]) => unknown) | undefined)?.apply(inside, [...given]);
  }

  async #fetch(): Promise<Inside | undefined> {
    try {
      const { Element, moveIn } = await this.#context.load();
      return (this.#inside ??= this.#show(moveIn(Element, this.#household) as Inside));
    } catch (cause) {
      this.#fail(this.#context.failed(cause));
      return undefined;
    }
  }

  get #household(): Household {
    const given = new Map(this.#given);
    given.delete('viewState');
    return { outer: this, internals: this.#internals, prefix: this.#context.prefix, given };
  }

  #show(inside: Inside): Inside {
    if (this.#isDisabled) inside.formDisabledCallback?.(true);
    if (this.#restored) inside.formStateRestoreCallback?.(...this.#restored);
    this.#root.replaceChildren(inside);
    return inside;
  }

  #fail(error: CrmError): void {
    const detail = errorDetail(error);
    this.dispatchEvent(
      new CustomEvent(`${this.#context.prefix}-load-error`, { detail, bubbles: true, composed: true }),
    );
    showFailure({
      host: this,
      root: this.#root,
      settings: this.#context.settings(),
      signal: this.#connection.signal,
      retry: () => {
        this.#keepRoom();
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
  declareNames<Shell>(OwnShell.prototype, plan, Shell.access);
  return OwnShell;
};
