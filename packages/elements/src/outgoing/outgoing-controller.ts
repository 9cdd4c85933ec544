import type { Change } from '@tessera-crm/model/change.js';
import type { Outgoing, Refused } from '@tessera-crm/model/outgoing.js';
import type { ReactiveController } from 'lit';
import type { CrmElement } from '../frame/element.ts';
import type { Backend } from '../frame/instance.ts';
import { outgoingOf } from './outgoing-of.ts';

/** Follows for an element what waits on this device, and what a server refused. */
export class OutgoingController implements ReactiveController {
  readonly #host: CrmElement;
  #source: Backend | undefined;
  #outgoing: Outgoing | null | undefined;
  #stop: (() => void) | undefined;
  /** Whether it matters to the host that there is none. */
  #isLookedAt = false;

  constructor(host: CrmElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Null where changes go to the server at once; undefined until that is known. */
  get current(): Outgoing | null | undefined {
    this.#isLookedAt = true;
    return this.#outgoing;
  }

  isWaiting(module: string, id: string): boolean {
    return this.#outgoing?.isWaiting(module, id) === true;
  }

  refused(module?: string, id?: string): readonly Refused[] {
    return this.#outgoing?.refused(module, id) ?? [];
  }

  /** @throws {CrmError} What a rule refuses. */
  async again(refused: Refused, instead?: readonly Change[]): Promise<void> {
    await this.#outgoing?.again(refused, instead);
  }

  async discard(refused: Refused): Promise<void> {
    await this.#outgoing?.discard(refused);
  }

  hostUpdate(): void {
    const { source } = this.#host;
    if (source === this.#source) return;
    this.hostDisconnected();
    this.#source = source;
    if (source) void this.#follow(source);
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#source = this.#outgoing = this.#stop = undefined;
  }

  async #follow(source: Backend): Promise<void> {
    const outgoing = await outgoingOf(source);
    if (source !== this.#source) return;
    this.#outgoing = outgoing ?? null;
    this.#stop = outgoing?.subscribe(() => this.#host.requestUpdate());
    if (outgoing || this.#isLookedAt) this.#host.requestUpdate();
  }
}
