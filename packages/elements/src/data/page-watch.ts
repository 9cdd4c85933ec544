import type { CrmError } from '@tessera-crm/model/errors.js';
import type { PageOf, PathOf, QueryOf } from '@tessera-crm/model/query/query.js';
import type { Store } from '@tessera-crm/model/store.js';

interface Listener {
  next(): void;
  error(error: CrmError): void;
}

/** Watches one page of a list; keeps what it has while it moves to where the page before it ends now. */
export class PageWatch<K extends string, I extends PathOf<K>> {
  readonly #store: Store;
  readonly #module: K;
  readonly #listener: Listener;
  #query: QueryOf<K, I>;
  #stop: () => void;
  #page: PageOf<K, I> | undefined;

  constructor(store: Store, module: K, query: QueryOf<K, I>, listener: Listener) {
    this.#store = store;
    this.#module = module;
    this.#query = query;
    this.#listener = listener;
    this.#stop = this.#watch();
  }

  get page(): PageOf<K, I> | undefined {
    return this.#page;
  }

  moveTo(after: string): void {
    if (after === this.#query.after) return;
    this.#query = { ...this.#query, after };
    this.restart();
  }

  restart(): void {
    this.#stop();
    this.#stop = this.#watch();
  }

  stop(): void {
    this.#stop();
  }

  #watch(): () => void {
    let isStopped = false;
    const stop = this.#store.watchList<K, I>(this.#module, this.#query, {
      next: (page) => {
        if (isStopped) return;
        this.#page = page;
        this.#listener.next();
      },
      error: (error) => void (isStopped || this.#listener.error(error)),
    });
    return () => {
      isStopped = true;
      stop();
    };
  }
}
