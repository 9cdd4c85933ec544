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

/** The other tabs of the same cache; none where the browser has no channels, or refuses them. */
export class Tabs {
  #channel: BroadcastChannel | undefined;

  constructor(name: string, heard: (message: TabMessage) => void) {
    this.#channel = channelOf(name);
    if (!this.#channel) return;
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

/** Firefox refuses them, by an exception, to frames whose storage it blocks. */
const channelOf = (name: string): BroadcastChannel | undefined => {
  try {
    return new BroadcastChannel(name);
  } catch {
    return undefined;
  }
};
