import type { Rejected } from './entry.ts';
import type { Stored } from './storage.ts';

/** What tabs of one cache tell each other. */
export type TabMessage =
  /** Another entry lies in the outbox. */
  | { readonly type: 'queued' }
  /** Somebody wants the outbox emptied now. */
  | { readonly type: 'push' }
  /** An entry left the outbox; what the server answered. */
  | {
      readonly type: 'settled';
      readonly key: string;
      readonly records: readonly Stored[];
      readonly rejected?: Rejected;
    }
  /** A refused entry was settled by the person. */
  | { readonly type: 'discarded'; readonly n: number }
  | { readonly type: 'wiped' };

/** The other tabs of the same cache; none where the browser has no channels. */
export class Tabs {
  #channel: BroadcastChannel | undefined;

  constructor(name: string, heard: (message: TabMessage) => void) {
    if (typeof BroadcastChannel !== 'function') return;
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = ({ data }) => heard(data as TabMessage);
    // Node would wait for messages for ever
    (this.#channel as BroadcastChannel & { unref?(): void }).unref?.();
  }

  tell(message: TabMessage): void {
    this.#channel?.postMessage(message);
  }

  close(): void {
    this.#channel?.close();
    this.#channel = undefined;
  }
}
