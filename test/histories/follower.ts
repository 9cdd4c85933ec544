import { RemoteStore } from '@tessera-crm/client/remote-store.js';
import type { ChangeEvent } from '@tessera-crm/model/protocol/events.js';
import type { Wire } from './wire.ts';

/** Somebody who hears of all changes of a tenant, and goes on where they were when the stream breaks. */
export class Follower {
  readonly wire: Wire;
  readonly heard: ChangeEvent[] = [];
  /** What should not be: that it was told to begin anew. */
  resets = 0;
  readonly #store: RemoteStore;
  readonly #over = new AbortController();
  #running: Promise<void> | undefined;

  constructor(wire: Wire, token: string) {
    this.wire = wire;
    this.#store = new RemoteStore({ url: wire.url, token });
  }

  follow(): void {
    this.#running = this.#follow();
  }

  async stop(): Promise<void> {
    this.#over.abort();
    this.#store.transport.close();
    await this.#running;
  }

  async #follow(): Promise<void> {
    for await (const event of this.#store.sync.follow({ cursor: 0, signal: this.#over.signal })) {
      if (event.type === 'change') this.heard.push({ seq: event.seq, changes: event.changes });
      if (event.type === 'reset') this.resets++;
    }
  }
}
