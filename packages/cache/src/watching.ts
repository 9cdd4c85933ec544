import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { Observer } from '@tessera-crm/model/store.js';
import { recordKey } from './entry.ts';
import type { LocalRecords } from './local-records.ts';
import { isUnreachable } from './reach.ts';
import type { ServerSide } from './server-side.ts';
import type { Watcher, Watchers } from './watchers.ts';

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
  const watchRemote = (): (() => void) => {
    // Each answer was asked for after the one before it
    let asked = records.moment;
    return server.remote.watch(module, id, {
      next: (given: unknown) => {
        server.reached(true);
        isAnswered = true;
        if (given) server.take(module, given as AnyRecord, asked);
        // that answer may be older than what is known
        else if (records.baseVersion(module, id) > 0) void server.find(module, id).then(look);
        asked = records.moment;
        look();
      },
      error: (error) => {
        server.reached(!isUnreachable(error));
        if (last === undefined) observer.error?.(error);
      },
    });
  };
  // What was made here and then refused, no server knows either
  const isUnknown = (): boolean =>
    records.isOnlyHere(module, id) || (last !== undefined && !isAnswered && records.baseVersion(module, id) === 0);
  const remote = new Remote(watchRemote, isUnknown);
  void records.load(module).then(look);
  return follow(cache, { of: [recordKey(module, id)], look }, remote);
};

/** Watching the remote store, from when it makes sense until it is stopped. */
export class Remote {
  readonly #begin: () => () => void;
  readonly #isTooEarly: () => boolean;
  #isStopped = false;
  #end: (() => void) | undefined;

  constructor(begin: () => () => void, isTooEarly: () => boolean = () => false) {
    this.#begin = begin;
    this.#isTooEarly = isTooEarly;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  start(): void {
    if (!this.#end && !this.#isStopped && !this.#isTooEarly()) this.#end = this.#begin();
  }

  /** Asks at once. The new watch begins before the old one ends, so that what they share goes on. */
  restart(): void {
    if (!this.#end || this.#isStopped) return;
    const end = this.#end;
    this.#end = this.#begin();
    end();
  }

  stop(): void {
    this.#isStopped = true;
    this.#end?.();
  }
}

export const follow = ({ watchers, signal }: Watching, watcher: Watcher, remote: Remote): (() => void) => {
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
