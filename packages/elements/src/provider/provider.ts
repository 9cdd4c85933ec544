import type { CrmError } from '@tessera-crm/model/errors.js';
import { plainJson } from '@tessera-crm/model/plain-json.js';
import { ContextProvider, type Context } from '@lit/context';
import { css, html, LitElement, type PropertyDeclarations } from 'lit';
import type { Crm } from '../crm.ts';
import { defineOwn } from '../frame/define-own.ts';
import { elementBrand, type Defined } from '../frame/define.ts';
import { crmEvent, errorDetail } from '../frame/events.ts';
import { instanceContext, type CrmInstance, type Density } from '../frame/instance.ts';
import { Look, type Appearance } from '../instance/appearance.ts';
import { checkOptions } from '../instance/check-options.ts';
import { Instance } from '../instance/instance.ts';
import { tokenFrom } from '../instance/token-from.ts';

type InstanceContext = Context<symbol, CrmInstance | undefined>;

/**
 * Gives the elements inside it an instance of their own: another backend, another person, another look.
 *
 * @tag crm-provider
 * @slot - What belongs to the instance.
 */
export class Provider extends LitElement {
  static readonly element: string = 'provider';
  static readonly prefix: string = 'crm';
  static override readonly properties: PropertyDeclarations = {
    crm: { attribute: false },
    backend: {},
    tokenUrl: { attribute: 'token-url' },
    identity: {},
    locale: {},
    timeZone: { attribute: 'time-zone' },
    currency: {},
    theme: {},
    isolation: {},
    density: {},
  };
  static override readonly styles = css`
    :host {
      display: contents;
    }
  `;

  /** An instance made by `createCrm`; the attributes are of no account then. */
  declare crm: Crm | undefined;
  /** The address under which `/v1` lies. */
  declare backend: string | undefined;
  /** Where the page's own server gives tokens, by POST. */
  declare tokenUrl: string | undefined;
  /** Any stable name of the person; without it nothing is kept on the device. */
  declare identity: string | undefined;
  /** BCP 47. */
  declare locale: string | undefined;
  /** IANA name. */
  declare timeZone: string | undefined;
  /** ISO 4217. */
  declare currency: string | undefined;
  /** A named look. */
  declare theme: Appearance['theme'];
  /** How far the page's styles reach: `soft` or `strict`. */
  declare isolation: 'soft' | 'strict' | undefined;
  /** For elements without one of their own. */
  declare density: Density | undefined;

  readonly #provided: ContextProvider<InstanceContext>;
  #isHere = false;
  #look: Look | undefined;
  #own: Crm | undefined;
  #ownKey: string | undefined;

  constructor() {
    super();
    const context = instanceContext((this.constructor as typeof Provider).prefix) as unknown as InstanceContext;
    this.#provided = new ContextProvider(this, { context });
  }

  static define(tag?: string, registry: CustomElementRegistry = customElements): Defined {
    return defineOwn(this, tag, registry);
  }

  static get [elementBrand](): string {
    return this.element;
  }

  override connectedCallback(): void {
    if (!this.#isHere) super.connectedCallback();
    this.#isHere = true;
    this.#provide();
  }

  /** One that is moved is back within a task, as elements are, and keeps its instance. */
  override disconnectedCallback(): void {
    setTimeout(() => {
      if (this.isConnected || !this.#isHere) return;
      this.#isHere = false;
      super.disconnectedCallback();
      this.#dropOwn();
    });
  }

  protected override willUpdate(): void {
    this.#provide();
  }

  protected override render(): unknown {
    return html`<slot></slot>`;
  }

  #provide(): void {
    if (!this.isConnected) return;
    if (this.crm) this.#dropOwn();
    try {
      this.#provided.setValue(this.crm ?? this.#ownInstance());
    } catch (error) {
      this.#refused(error as CrmError);
    }
  }

  /** An attribute is wrong: elements never throw. */
  #refused(error: CrmError): void {
    const { prefix } = this.constructor as typeof Provider;
    this.dispatchEvent(crmEvent(`${prefix}-error`, errorDetail(error)));
  }

  /** Made anew when backend or person change, told when only look or language do. */
  #ownInstance(): Crm | undefined {
    const { backend, tokenUrl, identity } = this;
    const key = plainJson([backend, tokenUrl, identity]);
    if (key !== this.#ownKey) this.#dropOwn();
    if (backend === undefined) return undefined;
    const { locale, timeZone, currency, theme, isolation, density } = this;
    const settings = {
      ...(locale && { locale }),
      ...(timeZone && { timeZone }),
      ...(currency && { currency }),
      isolation: isolation ?? 'soft',
      density: density ?? 'normal',
      appearance: { ...(theme && { theme }) },
    };
    if (this.#own) this.#own.update(settings);
    else {
      this.#ownKey = key;
      const { prefix } = this.constructor as typeof Provider;
      const options = {
        prefix,
        backends: backend,
        ...(tokenUrl !== undefined && { getToken: tokenFrom(tokenUrl) }),
        ...(identity !== undefined && { identity }),
        ...settings,
      };
      this.#own = new Instance(options, {
        target: this,
        check: checkOptions,
        show: (appearance, report) => this.#lookOf(prefix, report).show(appearance),
        leave: () => this.#look?.remove(),
      });
    }
    return this.#own;
  }

  #dropOwn(): void {
    void this.#own?.destroy();
    this.#own = this.#ownKey = this.#look = undefined;
  }

  #lookOf(prefix: string, report: (error: CrmError) => void): Look {
    const root = this.shadowRoot!;
    return (this.#look ??= new Look({ prefix, report, root, selector: ':host', element: this }));
  }
}
