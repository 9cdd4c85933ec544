import type { CrmError } from '@tessera-crm/model/errors.js';
import { plainJson } from '@tessera-crm/model/plain-json.js';
import type { PageOf, PathOf, QueryOf } from '@tessera-crm/model/query/query.js';
import type { RecordOf } from '@tessera-crm/model/records.js';
import type { Store } from '@tessera-crm/model/store.js';
import type { ReactiveController } from 'lit';
import type { CrmElement } from '../frame/element.ts';
import type { ViewState } from '../frame/view-state.ts';
import { PageWatch } from './page-watch.ts';
import { statusOf, viewStateOf, type Status } from './status.ts';

export type { PageWatch } from './page-watch.ts';

/** Watches a list for an element, page after page as they are asked for, and follows the changes of all of them. */
export class ListController<K extends string, const I extends PathOf<K> = never> implements ReactiveController {
  readonly #host: CrmElement;
  readonly #module: () => K | null;
  readonly #query: () => QueryOf<K, I> | null;
  readonly #isOptional: boolean;
  #store: Store | undefined;
  #key: string | undefined;
  #pages: readonly PageWatch<K, I>[] = [];
  #status: Status = 'loading';
  #isPaused = false;
  #error: CrmError | undefined;
  #records: readonly RecordOf<K>[] = [];

  /**
   * @param module - Its key, or a function where it may change.
   * @param query - Read again before every update; a different answer starts anew, null waits.
   * @param options.isOptional - The element does without: failures are nobody's business but its own.
   */
  constructor(
    host: CrmElement,
    module: K | (() => K | null),
    query: () => QueryOf<K, I> | null,
    { isOptional = false } = {},
  ) {
    this.#host = host;
    this.#isOptional = isOptional;
    this.#module = typeof module === 'function' ? module : () => module;
    this.#query = query;
    host.addController(this);
  }

  get status(): Status {
    return this.#status;
  }

  get state(): ViewState {
    if (this.#status === 'ready' && this.#records.length === 0) return 'empty';
    return viewStateOf(this.#status, this.#hasArrived);
  }

  /** All pages so far, each record once. */
  get records(): readonly RecordOf<K>[] {
    return this.#records;
  }

  /** The record that came along by `include`; undefined when it did not. */
  included(module: string, id: string | null | undefined): RecordOf<string> | undefined {
    if (id === null || id === undefined) return undefined;
    for (const { page } of this.#pages) {
      const found = (page?.included as Included | undefined)?.[module]?.[id];
      if (found) return found;
    }
    return undefined;
  }

  /** How many match in all; undefined unless the query asks for `count`. */
  get count(): number | undefined {
    return this.#pages[0]?.page?.count;
  }

  get hasMore(): boolean {
    return typeof this.#pages.at(-1)?.page?.next === 'string';
  }

  get isLoadingMore(): boolean {
    return this.#pages.length > 1 && this.#pages.at(-1)?.page === undefined;
  }

  get error(): CrmError | undefined {
    return this.#error;
  }

  /** Asks for the next page, unless there is none or it is under way. */
  more(): void {
    const next = this.#pages.at(-1)?.page?.next;
    const query = this.#query();
    const module = this.#module();
    if (!this.#store || !query || module === null || typeof next !== 'string') return;
    this.#pages = [...this.#pages, this.#watch(this.#store, module, { ...query, after: next })];
    this.#host.requestUpdate();
  }

  /** Watches anew; what is there stays in sight until the answer. */
  retry(): void {
    if (this.#status !== 'ready' && !this.#hasArrived) this.#status = 'loading';
    for (const page of this.#pages) page.restart();
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    const module = this.#module();
    const query = module === null ? null : this.#query();
    const store = this.#host.isAwake ? this.#host.source?.store : undefined;
    const key = query ? plainJson([module, query]) : undefined;
    if (key === this.#key && store === this.#store) return this.#goOn();
    this.#stopWatching();
    this.#isPaused = false;
    this.#key = key;
    this.#store = store;
    this.#status = 'loading';
    this.#error = undefined;
    this.#records = [];
    if (store && query && module !== null) this.#pages = [this.#watch(store, module, query)];
  }

  /** What is there stays, for an element that is only moved. */
  hostDisconnected(): void {
    this.#isPaused = true;
    for (const page of this.#pages) page.stop();
  }

  #goOn(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    for (const page of this.#pages) page.restart();
  }

  get #hasArrived(): boolean {
    return this.#pages[0]?.page !== undefined;
  }

  #watch(store: Store, module: K, query: QueryOf<K, I>): PageWatch<K, I> {
    const page = new PageWatch<K, I>(store, module, query, {
      next: () => this.#arrived(page),
      error: (error) => this.#failed(error),
    });
    return page;
  }

  #arrived(page: PageWatch<K, I>): void {
    this.#linkUp(page);
    this.#status = 'ready';
    this.#error = undefined;
    this.#records = this.#pages.length === 1 ? (page.page?.records ?? []) : this.#unique();
    this.#host.requestUpdate();
  }

  /** While pages move, a record may be on two of them. */
  #unique(): readonly RecordOf<K>[] {
    const unique = new Map<string, RecordOf<K>>();
    for (const one of this.#pages) for (const record of one.page?.records ?? []) unique.set(record.id, record);
    return [...unique.values()];
  }

  /** The page after one that changed starts where that one ends now; the last ones go when there is no more. */
  #linkUp(page: PageWatch<K, I>): void {
    const at = this.#pages.indexOf(page);
    const following = this.#pages[at + 1];
    const next = page.page?.next;
    if (!following || next === undefined) return;
    if (next !== null) return following.moveTo(next);
    for (const one of this.#pages.slice(at + 1)) one.stop();
    this.#pages = this.#pages.slice(0, at + 1);
  }

  #failed(error: CrmError): void {
    const status = statusOf(error);
    const isNews = status !== this.#status;
    this.#status = status === 'missing' ? 'error' : status;
    this.#error = error;
    if (isNews && !this.#isOptional) this.#host.fail(error, this.#hasArrived ? 'error' : 'load-error');
    this.#host.requestUpdate();
  }

  #stopWatching(): void {
    for (const page of this.#pages) page.stop();
    this.#pages = [];
  }
}

type Included = Readonly<Record<string, Readonly<Record<string, RecordOf<string>>>>>;

export type { PageOf };
