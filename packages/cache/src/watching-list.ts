import type { CrmError } from '@tessera-crm/model/errors.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { Page } from '@tessera-crm/model/query/query.js';
import { runPlan } from '@tessera-crm/model/query/run.js';
import type { CallOptions, Observer } from '@tessera-crm/model/store.js';
import { Asking } from './asking.ts';
import { painted } from './breathe.ts';
import type { Outbox } from './outbox.ts';
import { isUnreachable } from './reach.ts';
import type { Asked } from './server-side.ts';
import type { StoredPage } from './storage.ts';
import type { ListView } from './views/list-view.ts';
import { storedAnswer, WindowView, type Answer } from './views/window-view.ts';
import type { Changes } from './watchers.ts';
import { follow, Remote, type Watching } from './watching.ts';

/** Milliseconds in which other changes, or an answer that is on its way already, save a question. */
const collecting = 100;

/** Milliseconds after which a server that cannot tell is asked again at most. */
const longest = 60_000;

/** Tells of a list: the page as it was last seen, then the server's, then every change of what is on it. */
export const watchCachedList = (cache: Watching, asked: Asked, observer: Observer<Page<AnyRecord>>): (() => void) => {
  const list = new WatchedList(cache, asked, observer);
  list.load();
  return follow(cache, { of: list.modules, look: list.look, heard: list.heard }, list.remote);
};

class WatchedList {
  readonly modules: Iterable<string>;
  readonly remote: Remote;
  readonly #cache: Watching;
  readonly #asked: Asked;
  readonly #observer: Observer<Page<AnyRecord>>;
  readonly #window: WindowView;
  /** What is shown where there never was a page and the server cannot be reached. */
  #local: ListView | undefined;
  #loaded: Promise<void> | undefined;
  #last: Page<AnyRecord> | undefined;
  #asking: Asking<Answer> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #patience = collecting;
  #isAnswered = false;

  constructor(cache: Watching, asked: Asked, observer: Observer<Page<AnyRecord>>) {
    this.#cache = cache;
    this.#asked = asked;
    this.#observer = observer;
    this.#window = new WindowView(asked.plan, cache.records);
    this.modules = new Set(this.#window.modules);
    this.remote = new Remote(() => this.#watchRemote());
  }

  readonly look = (changes: Changes): void => {
    this.#window.apply(changes);
    this.#local?.apply(changes);
    this.#show();
  };

  readonly heard = (): void => this.#asking?.soon();

  load(): void {
    this.#loaded = this.#load();
  }

  async #load(): Promise<void> {
    const { records, server } = this.#cache;
    const stored = await server.page(this.#asked);
    // a first look needs no more than what is on it
    if (stored && (await records.bringPage(this.#asked.plan.module.key, stored))) {
      this.#takeStored(stored);
      await painted();
    }
    await records.loadAll(this.modules);
    if (stored) this.#takeStored(stored);
    this.#show();
  }

  #takeStored(stored: StoredPage): void {
    if (this.#isAnswered) return;
    const { records } = this.#cache;
    this.#window.take(storedAnswer(stored, records.moment, records.since(stored.asOf, this.#window.modules)));
    this.#show();
  }

  #show(): void {
    if (this.remote.isStopped) return;
    const page = this.#window.hasAnswer ? this.#window.page : this.#local?.page;
    this.#askAgain();
    if (page && page !== this.#last) this.#observer.next((this.#last = page));
  }

  #watchRemote(): () => void {
    const { server } = this.#cache;
    const { plan, query } = this.#asked;
    this.#asking = new Asking({
      ask: () => server.list(this.#asked),
      next: (answer) => {
        this.#isAnswered = true;
        this.#window.take(answer);
        this.#local = undefined;
        this.#show();
      },
      error: (error) => void this.#loaded!.then(() => this.#fail(error)),
    });
    const { soon, stop } = this.#asking;
    const unwatch = server.onChange(plan.module.key, { query }, soon);
    return () => {
      clearTimeout(this.#timer);
      unwatch();
      stop();
    };
  }

  async #fail(error: CrmError): Promise<void> {
    const { records } = this.#cache;
    const { plan } = this.#asked;
    if (this.#window.hasAnswer) return;
    if (!isUnreachable(error) || records.shown.count(plan.module.key) === 0) return this.#observer.error?.(error);
    const { ListView } = await import('./views/list-view.ts');
    this.#local ??= new ListView(plan, records.shown);
    this.#show();
  }

  /** Where the page is stale. */
  #askAgain(): void {
    if (!this.#window.isStale) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#patience = collecting;
      return;
    }
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#patience = Math.min(2 * this.#patience, longest);
      if (this.#cache.server.isOnline) this.#asking?.soon();
    }, this.#patience);
  }
}

/** A page of a list, once: the server's with what it does not know of yet, or what there is here. */
export const listNow = async (
  cache: Watching & { readonly outbox: Pick<Outbox, 'flush'> },
  asked: Asked,
  options: CallOptions,
): Promise<Page<AnyRecord>> => {
  const { server, outbox } = cache;
  if (!server.isOnline) {
    // looks whether that is still so, for the next time
    void server.list(asked, {}).catch(() => {});
    return listOffline(cache, asked);
  }
  try {
    await outbox.flush();
    return await listOnce(cache, asked, options);
  } catch (error) {
    if (!isUnreachable(error)) throw error;
    return listOffline(cache, asked);
  }
};

const listOnce = async (cache: Watching, asked: Asked, options: CallOptions): Promise<Page<AnyRecord>> => {
  const { server, records, watchers } = cache;
  const view = new WindowView(asked.plan, records);
  const leave = watchers.add({ of: new Set(view.modules), look: (changes) => view.apply(changes) });
  try {
    const answer = await server.list(asked, options);
    watchers.tell();
    view.take(answer);
    return view.page;
  } finally {
    leave();
  }
};

const listOffline = async ({ server, records }: Watching, asked: Asked): Promise<Page<AnyRecord>> => {
  const { plan } = asked;
  const view = new WindowView(plan, records);
  const [stored] = await Promise.all([server.page(asked), records.loadAll(view.modules)]);
  if (!stored) return runPlan(plan, records.shown.all(plan.module.key), records.shown);
  view.take(storedAnswer(stored, records.moment, records.since(stored.asOf, view.modules)));
  return view.page;
};
