import type { ReactiveController } from 'lit';
import type { CrmElement } from '../frame/element.ts';
import { whenIdle } from './when-idle.ts';

/**
 * What an element can do without at first: fetched once, when it shows something and nobody waits for anything. Later
 * there may be no network. Where it cannot be fetched, the element goes on without.
 */
export class LateCode<T> implements ReactiveController {
  readonly #host: CrmElement;
  readonly #load: () => Promise<T>;
  #isAsked = false;
  #current: T | undefined;

  constructor(host: CrmElement, load: () => Promise<T>) {
    this.#host = host;
    this.#load = load;
    host.addController(this);
  }

  get current(): T | undefined {
    return this.#current;
  }

  hostUpdated(): void {
    if (this.#isAsked || this.#host.viewState === 'loading' || !this.#host.source) return;
    this.#isAsked = true;
    whenIdle(() => void this.#load().then((arrived) => this.#take(arrived), ignored));
  }

  #take(arrived: T): void {
    this.#current = arrived;
    this.#host.requestUpdate();
  }
}

const ignored = (): void => {};
