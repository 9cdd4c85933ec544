import type { Change } from '@tessera-crm/model/change.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { plainJson } from '@tessera-crm/model/plain-json.js';
import type { Page, Query } from '@tessera-crm/model/query/query.js';
import type { FeedEvent } from '@tessera-crm/model/sync-door.js';
import { readFeed } from './feed.ts';
import type { Included } from './envelopes.ts';
import type { RemoteStore } from './remote-store.ts';
import { Watch, type Watched } from './watch.ts';

/** What happened to a record, as far as watchers care. */
type Touched = Pick<Change, 'module' | 'id'>;

interface Follower {
  readonly watch: Pick<Watch<unknown>, 'askSoon' | 'poll' | 'stop'>;
  concerns(change: Touched): boolean;
}

/** Keeps watchers up to date by one stream of events; while that cannot be had, by asking now and then. */
export class Following {
  readonly #store: RemoteStore;
  readonly #followers = new Set<Follower>();
  #feed: AbortController | undefined;
  #cursor: number | undefined;

  constructor(store: RemoteStore) {
    this.#store = store;
  }

  watchRecord<T>({ module, id }: Touched, watched: Watched<T>): () => void {
    return this.#add({
      watch: new Watch(watched),
      concerns: (change) => change.module === module && change.id === id,
    });
  }

  watchList<T extends Page>(module: string, query: Query, watched: Watched<T>): () => void {
    const watch = new Watch(watched);
    // a condition on another module's records: which module it is, the server knows
    const isAcross = /"(has|some|none)":/.test(plainJson(query.where ?? {}));
    const concerns = (change: Touched): boolean =>
      isAcross || change.module === module || modulesOf(watch.last).includes(change.module);
    return this.#add({ watch, concerns });
  }

  /** Own changes show at once, without waiting for the event. */
  touched(changes: readonly Touched[]): void {
    this.#store.forget();
    for (const { watch, concerns } of this.#followers) if (changes.some(concerns)) watch.askSoon();
  }

  /** Connects anew and asks everything again: the network, the page or the person came back. */
  restart(): void {
    if (this.#followers.size === 0) return;
    this.#stop();
    this.#start();
    this.#all((watch) => watch.askSoon());
  }

  close(): void {
    for (const { watch } of this.#followers) watch.stop();
    this.#followers.clear();
    this.#stop();
  }

  #add(follower: Follower): () => void {
    if (this.#followers.size === 0) this.#start();
    this.#followers.add(follower);
    return () => {
      follower.watch.stop();
      this.#followers.delete(follower);
      if (this.#followers.size === 0) this.#stop();
    };
  }

  #start(): void {
    this.#feed = new AbortController();
    const { signal } = this.#feed;
    globalThis.addEventListener?.('online', () => this.restart(), { signal });
    globalThis.document?.addEventListener(
      'visibilitychange',
      () => document.visibilityState === 'visible' && this.restart(),
      { signal },
    );
    void this.#listen(signal);
  }

  #stop(): void {
    this.#feed?.abort();
    // Its reason remembers who called: an element that has gone would stay in memory with it
    this.#feed = undefined;
  }

  async #listen(signal: AbortSignal): Promise<void> {
    for await (const event of readFeed(this.#store.transport, { cursor: this.#cursor, signal })) this.#take(event);
  }

  #take(event: FeedEvent): void {
    switch (event.type) {
      case 'open':
        // what changed before the stream began, nobody tells
        if (event.cursor === undefined) this.#all((watch) => watch.askSoon());
        return;
      case 'change':
        this.#cursor = event.seq;
        return this.touched(event.changes);
      case 'at':
        this.#cursor = event.seq;
        return;
      case 'rights':
        return;
      case 'reset':
        this.#cursor = undefined;
        return this.#all((watch) => watch.askSoon());
      case 'lost':
        return this.#all((watch) => watch.poll());
    }
  }

  #all(act: (watch: Follower['watch']) => void): void {
    this.#store.forget();
    for (const { watch } of this.#followers) act(watch);
  }
}

const modulesOf = (page: Page | undefined): readonly string[] =>
  Object.keys((page?.included as Included | undefined) ?? ({} satisfies Record<string, AnyRecord>));
