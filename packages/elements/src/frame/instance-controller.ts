import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { above } from './above.ts';
import { defaultInstance, instanceContext, onDefaultInstance, type CrmInstance } from './instance.ts';

/** Finds the instance of an element: that of the nearest provider, else the page's default; waits if there is none. */
export class InstanceController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #prefix: string;
  readonly #changed: () => void;
  #provided: CrmInstance | undefined;
  #isProvided = false;
  #followed: CrmInstance | undefined;
  #unprovide: (() => void) | undefined;
  #unfollow: (() => void) | undefined;
  #unwait: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, prefix: string, changed: () => void) {
    this.#host = host;
    this.#prefix = prefix;
    this.#changed = changed;
    host.addController(this);
  }

  get instance(): CrmInstance | undefined {
    return this.#followed;
  }

  /** Once more after a move, which may have led to another provider or away from one. */
  hostConnected(): void {
    this.#unwait ??= onDefaultInstance(() => this.#settle());
    this.#isProvided = false;
    this.#ask();
    if (!this.#isProvided) this.#unprovide = this.#unprovide?.() as undefined;
    this.#settle();
    if (!this.#isProvided) this.#awaitProvider();
  }

  hostDisconnected(): void {
    this.#unprovide?.();
    this.#unwait?.();
    this.#unfollow?.();
    this.#unprovide = this.#unwait = this.#unfollow = this.#provided = this.#followed = undefined;
    this.#isProvided = false;
  }

  #ask(): void {
    const asked = {
      context: instanceContext(this.#prefix),
      contextTarget: this.#host,
      callback: this.#answer,
      subscribe: true,
    };
    // What the community's context protocol says, without the library: it is all an element needs of it
    this.#host.dispatchEvent(Object.assign(new Event('context-request', { bubbles: true, composed: true }), asked));
  }

  /** Stable, because a provider that appears between us and ours is told by the same function. */
  readonly #answer = (instance: CrmInstance | undefined, stop?: () => void): void => {
    if (stop !== this.#unprovide) this.#unprovide?.();
    this.#unprovide = stop;
    this.#provided = instance;
    this.#isProvided = true;
    this.#settle();
  };

  /** A provider around us may not be defined yet. */
  #awaitProvider(): void {
    const tag = `${this.#prefix}-provider`;
    if (!above(this.#host).some(({ localName }) => localName === tag)) return;
    void customElements.whenDefined(tag).then(() => this.#host.isConnected && !this.#isProvided && this.#ask());
  }

  #settle(): void {
    const instance = this.#isProvided ? this.#provided : defaultInstance(this.#prefix);
    if (instance === this.#followed) return;
    this.#unfollow?.();
    this.#followed = instance;
    this.#unfollow = instance?.subscribe(this.#changed);
    this.#changed();
  }
}
