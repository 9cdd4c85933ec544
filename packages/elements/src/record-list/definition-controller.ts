import { CrmError, isCrmError } from '@tessera-crm/model/errors.js';
import type { Module } from '@tessera-crm/model/module.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import type { ReactiveController } from 'lit';
import { statusOf, viewStateOf } from '../data/status.ts';
import type { CrmElement } from '../frame/element.ts';
import type { Backend } from '../frame/instance.ts';
import type { ViewState } from '../frame/view-state.ts';

/** The definition of the module that an element shows: the page's own registry, or what the backend says. */
export class DefinitionController implements ReactiveController {
  readonly #host: CrmElement;
  readonly #given: () => Registry | undefined;
  #source: Backend | undefined;
  #registry: Registry | undefined;
  #error: CrmError | undefined;

  constructor(host: CrmElement, given: () => Registry | undefined) {
    this.#host = host;
    this.#given = given;
    host.addController(this);
  }

  get registry(): Registry | undefined {
    return this.#given() ?? this.#registry;
  }

  get error(): CrmError | undefined {
    return this.registry ? undefined : this.#error;
  }

  get state(): ViewState {
    if (this.registry) return 'ready';
    return this.#error ? viewStateOf(statusOf(this.#error), false) : 'loading';
  }

  /** Undefined while it is not known, null where this identity has no such module. */
  module(key: string): Module | null | undefined {
    return this.registry && (this.registry.find(key) ?? null);
  }

  retry(): void {
    this.#source = undefined;
    this.#error = undefined;
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    const source = this.#host.isAwake ? this.#host.source : undefined;
    if (source === this.#source) return;
    this.#source = source;
    this.#registry = undefined;
    this.#error = undefined;
    if (source && !this.#given()) void this.#fetch(source);
  }

  async #fetch(source: Backend): Promise<void> {
    try {
      const registry = await source.modules();
      if (source === this.#source) this.#registry = registry;
    } catch (cause) {
      if (source !== this.#source) return;
      this.#error = this.#host.fail(
        isCrmError(cause) ? cause : new CrmError('internal', 'The modules could not be read.', {}, cause),
        'load-error',
      );
    }
    this.#host.requestUpdate();
  }
}
