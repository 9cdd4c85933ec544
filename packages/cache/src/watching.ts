import type { CrmError } from '@tessera-crm/model/errors.js';
import type { AnyRecord, Module } from '@tessera-crm/model/module.js';
import { linkTarget, type Include, type Plan } from '@tessera-crm/model/query/plan.js';
import type { Page, Query } from '@tessera-crm/model/query/query.js';
import type { Observer } from '@tessera-crm/model/store.js';
import { localPage, showPage } from './list-view.ts';
import type { LocalRecords } from './local-records.ts';
import { isUnreachable } from './reach.ts';
import { wholeRecords, type ServerSide } from './server-side.ts';
import type { StoredPage } from './storage.ts';
import { isSamePage, type Watchers } from './watchers.ts';

/** What watching needs of a cache. */
export interface Watching {
  readonly server: ServerSide;
  readonly records: LocalRecords;
  readonly watchers: Watchers;
  /** Aborted when the cache closes. */
  readonly signal: AbortSignal;
}

/**
 * Tells of a record: from memory at once, then what the server says, then every change of either. A record that is
 * being made here is asked for when the server has heard of it.
 */
export const watchCachedRecord = (
  cache: Watching,
  { module, id }: { readonly module: string; readonly id: string },
  observer: Observer<AnyRecord | null>,
): (() => void) => {
  const { records, server } = cache;
  let last: AnyRecord | null | undefined;
  let isAnswered = false;
  const look = (): void => {
    remote.start();
    const record = records.shown.get(module, id) ?? null;
    if (record === last || (record === null && !isAnswered && last === undefined)) return;
    observer.next((last = record));
  };
  const watchRemote = (): (() => void) =>
    server.remote.watch(module, id, {
      next: (given: unknown) => {
        server.reached(true);
        isAnswered = true;
        if (given) server.take(module, given as AnyRecord);
        // that answer may be older than what is known
        else if (records.baseVersion(module, id) > 0) void server.find(module, id).then(look);
        look();
      },
      error: (error) => {
        server.reached(!isUnreachable(error));
        if (last === undefined) observer.error?.(error);
      },
    });
  // What was made here and then refused, no server knows either
  const isUnknown = (): boolean =>
    records.isOnlyHere(module, id) || (last !== undefined && !isAnswered && records.baseVersion(module, id) === 0);
  const remote = startable(watchRemote, isUnknown);
  const stop = follow(cache, { concerns: (of, which) => of === module && which === id, look }, remote);
  void records.load(module).then(look);
  return stop;
};

/** Tells of a list: the page as it was last seen, then the server's, then every change of what is on it. */
export const watchCachedList = (
  cache: Watching,
  { plan, query }: { readonly plan: Plan; readonly query: Query },
  observer: Observer<Page<AnyRecord>>,
): (() => void) => {
  const { records, server } = cache;
  const module = plan.module.key;
  const modules = new Set([module, ...includedModules(plan.module, plan.include, records)]);
  let last: Page<AnyRecord> | undefined;
  let page: StoredPage | undefined;
  let isLocal = false;
  const look = (): void => {
    if (!page && !isLocal) return;
    const now = page ? showPage(plan, page, records) : localPage(plan, records);
    if (!isSamePage(last, now)) observer.next((last = now));
  };
  const fail = (error: CrmError): void => {
    server.reached(!isUnreachable(error));
    if (page) return;
    isLocal = isUnreachable(error);
    if (isLocal && records.shown.count(module) > 0) look();
    else observer.error?.(error);
  };
  const loaded = Promise.all([records.load(module), server.page(plan, query)]).then(([, stored]) => {
    page ??= stored;
    look();
  });
  const watchRemote = (): (() => void) =>
    server.remote.watchList(module, wholeRecords(query) as never, {
      next: (given: unknown) => {
        server.reached(true);
        page = server.takePage(plan, query, given as Page<AnyRecord>);
        look();
      },
      error: (error) => void loaded.then(() => fail(error)),
    });
  return follow(cache, { concerns: (of) => modules.has(of), look }, startable(watchRemote));
};

/** Watching that begins when it makes sense, once. */
interface Startable {
  start(): void;
  stop(): void;
}

const startable = (begin: () => () => void, isTooEarly: () => boolean = () => false): Startable => {
  let isOver = false;
  let end: (() => void) | undefined;
  return {
    start() {
      if (isOver || isTooEarly()) return;
      isOver = true;
      end = begin();
    },
    stop() {
      isOver = true;
      end?.();
    },
  };
};

const follow = (
  { watchers, signal }: Watching,
  watcher: { concerns(module: string, id: string): boolean; look(): void },
  remote: Startable,
): (() => void) => {
  const leave = watchers.add(watcher);
  remote.start();
  const stop = (): void => {
    leave();
    remote.stop();
    signal.removeEventListener('abort', stop);
  };
  signal.addEventListener('abort', stop);
  return stop;
};

const includedModules = (module: Module, include: Include, records: LocalRecords): readonly string[] =>
  Object.entries(include).flatMap(([link, deeper]) => {
    const target = linkTarget(module.fields[link]!)!;
    return [target, ...includedModules(records.shown.registry.get(target), deeper, records)];
  });
