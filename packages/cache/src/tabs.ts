import type { Standing } from '@tessera-crm/model/protocol/sync/client.js';
import type { Kept, Turn } from './storage.ts';

/** What tabs of one cache tell each other. */
export type TabMessage =
  /** The outbox is another one: something was added, sent, refused or settled. */
  | { readonly type: 'queue' }
  /** Somebody wants the outbox emptied now. */
  | { readonly type: 'push' }
  /** Something was kept; too much of it to be told where there are no rows. */
  | { readonly type: 'kept'; readonly at: Turn; readonly standing: Standing; readonly rows: readonly Kept[] | null }
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
