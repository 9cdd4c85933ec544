import type { Assembled } from './assemble.ts';
import type { WipeOptions } from './delete-cache.ts';
import { listenToPage } from './page-life.ts';
import type { Storage } from './storage.ts';
import type { Heard, Tabs } from './tabs.ts';

export interface TabLifeOptions {
  readonly parts: Assembled;
  readonly tabs: Tabs;
  /** By which one of them leads; none: every tab is on its own. */
  readonly locks: LockManager | null | undefined;
  /** Aborted when the cache closes. */
  readonly signal: AbortSignal;
  /** Reads what waits and what was refused as it is stored now. @param isForeign - After a tab of another version wrote. */
  readonly reload: (isForeign?: boolean) => Promise<void>;
  /** Everything was deleted, by another tab. */
  readonly wiped: (options: WipeOptions) => void;
}

/** A cache as one of several tabs: what it hears of the others, and what it does when its page goes and comes back. */
export class TabLife {
  readonly #options: TabLifeOptions;
  #isPaused = false;

  constructor(options: TabLifeOptions) {
    this.#options = options;
  }

  /** Joins the others. */
  begin({ kind }: Pick<Storage, 'kind'>): void {
    const { parts, tabs, locks, signal } = this.#options;
    tabs.open();
    // who does not hear others leaves nothing to them, and who stores nothing cannot send what they stored
    parts.leadership.begin(tabs.isOpen && kind === 'indexeddb' ? locks : null);
    listenToPage({
      signal,
      online: () => {
        parts.outbox.retry();
        parts.feed.restart();
      },
      visible: () => parts.feed.restart(),
      gone: () => this.pause(),
      back: () => void this.resume(),
    });
  }

  /** Whether its page is away: what was missed is read when it comes back. */
  get isPaused(): boolean {
    return this.#isPaused;
  }

  hear(message: Heard): void {
    const { parts, tabs, signal, reload, wiped } = this.#options;
    if (signal.aborted) return;
    const isForeign = message.epoch !== tabs.epoch;
    if (message.type === 'queue') {
      if (isForeign || !message.added || !parts.outbox.hear(message.added)) void reload(isForeign);
    } else if (message.type === 'push') parts.outbox.retry();
    else if (message.type === 'kept') return isForeign ? undefined : parts.keeping.heard(message);
    else if (message.type === 'wiped') wiped(message);
    // R18: the latest version leads, because it can read all that waits
    else if (message.type === 'leads' && message.epoch < tabs.epoch) parts.leadership.steal();
    else parts.feed.hear(message);
  }

  /**
   * Holds nothing open from now on: a stream, a lock and a channel on which something is heard bar a page from the
   * back/forward cache, and a lock keeps others from working. Databases let go by themselves, and are opened when used again.
   */
  pause(): void {
    const { parts, tabs } = this.#options;
    this.#isPaused = true;
    parts.keeping.pause();
    parts.feed.pause();
    parts.leadership.resign();
    parts.epochUse.letGo();
    tabs.close();
  }

  /** Goes on where others are by now. */
  async resume(): Promise<void> {
    const { parts, tabs, signal, reload, wiped } = this.#options;
    if (!this.#isPaused) return;
    this.#isPaused = false;
    tabs.open();
    parts.epochUse.hold();
    // nobody told it that somebody signed out, and what became of unsent work
    if (await this.#isDeleted()) return wiped({ keepUnsent: true });
    // it may be gone again
    if (this.#isPaused) return;
    parts.keeping.resume();
    await parts.keeping.catchUp();
    await reload();
    if (signal.aborted || this.#isPaused) return;
    parts.leadership.resume();
    parts.feed.resume();
    parts.errands.retry();
  }

  async #isDeleted(): Promise<boolean> {
    const { keeping, outbox } = this.#options.parts;
    const signs = await Promise.allSettled([keeping.isDeleted(), outbox.isReplaced()]);
    return signs.some((sign) => sign.status === 'fulfilled' && sign.value);
  }
}
