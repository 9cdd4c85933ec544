import type { WipeOptions } from './delete-cache.ts';
import type { Entry } from './entry.ts';
import type { Stands, Told } from './feed-stream.ts';
import type { Kept, Position, Turn } from './storage.ts';

/**
 * What tabs of one cache tell each other. All versions understand all of it and only ever add to it, but for what was
 * kept: that is for those that keep the same.
 */
export type TabMessage =
  /** The outbox is another one: something was added, sent, refused or settled. */
  | { readonly type: 'queue'; readonly added?: Added | undefined }
  /** Somebody wants the outbox emptied now. */
  | { readonly type: 'push' }
  /** Something was kept; too much of it to be told where there are no rows. */
  | KeptMessage
  | ({ readonly type: 'wiped' } & WipeOptions)
  | FeedMessage;

/** An entry that was added to the outbox of this origin, which is the same otherwise. */
export interface Added {
  readonly entry: Entry;
  readonly origin: string;
}

export interface KeptMessage extends Pick<Position, 'standing' | 'follows'> {
  readonly type: 'kept';
  readonly at: Turn;
  readonly rows: readonly Kept[] | null;
}

/** What tabs tell each other of the stream that one of them follows for all. `tab` is who says it. */
export type FeedMessage =
  /** A tab needs the one that leads, which answers; if it wants the feed, for a while, and of these modules or all. */
  | {
      readonly type: 'want';
      readonly tab: string;
      readonly isFollowing: boolean;
      readonly modules?: readonly string[] | undefined;
    }
  /** It does not any more. */
  | { readonly type: 'unwanted'; readonly tab: string }
  /** The network, or a page, came back: the stream may be dead. */
  | { readonly type: 'restart' }
  /** A tab leads, and lives. */
  | { readonly type: 'leads'; readonly tab: string; readonly stands: Stands }
  /** The stream of the tab that leads told something. */
  | { readonly type: 'told'; readonly tab: string; readonly told: Told };

/** A message, and the epoch of whoever says it. */
export type Heard = TabMessage & { readonly epoch: number };

/** The other tabs of the same cache; none where the browser has no channels, or refuses them. */
export class Tabs {
  readonly epoch: number;
  readonly #name: string;
  readonly #heard: (message: Heard) => void;
  #channel: BroadcastChannel | undefined;

  constructor(name: string, epoch: number, heard: (message: Heard) => void) {
    this.#name = name;
    this.epoch = epoch;
    this.#heard = heard;
  }

  /** Whether others can be heard. */
  get isOpen(): boolean {
    return this.#channel !== undefined;
  }

  open(): void {
    this.#channel ??= channelOf(this.#name);
    if (!this.#channel) return;
    this.#channel.onmessage = ({ data }) => this.#heard(data as Heard);
    // Node would wait for messages for ever
    (this.#channel as BroadcastChannel & { unref?(): void }).unref?.();
  }

  tell(message: TabMessage): void {
    this.#channel?.postMessage({ ...message, epoch: this.epoch } satisfies Heard);
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
