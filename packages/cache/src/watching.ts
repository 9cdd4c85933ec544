import { CrmError, isCrmError } from '@tessera-crm/model/errors.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { CallOptions, Observer } from '@tessera-crm/model/store.js';
import { untilAborted } from '@tessera-crm/model/until-aborted.js';
import { Asking } from './asking.ts';
import { painted } from './breathe.ts';
import { recordKey } from './entry.ts';
import type { LateFeed } from './late-feed.ts';
import type { LocalRecords } from './local-records.ts';
import type { ServerSide } from './server-side.ts';
import type { Watcher, Watchers } from './watchers.ts';

/** What watching needs of a cache. */
export interface Watching {
  readonly server: ServerSide;
  readonly records: LocalRecords;
  readonly watchers: Watchers;
  readonly feed: LateFeed;
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
  let asking: Asking<AnyRecord | null> | undefined;
  const look = (): void => {
    remote.start();
    const record = records.shown.get(module, id) ?? null;
    if (record === last || (record === null && !isAnswered && last === undefined)) return;
    observer.next((last = record));
  };
  const watchRemote = (): (() => void) => {
    asking = new Asking({
      ask: () => server.read(module, id).catch(nullWhereThereIsNone),
      next: () => {
        isAnswered = true;
        look();
      },
      error: (error) => void (last === undefined && observer.error?.(error)),
    });
    const { soon, stop } = asking;
    const unwatch = server.onChange(module, { id }, soon);
    return () => {
      unwatch();
      stop();
    };
  };
  // What was made here and then refused, no server knows either
  const isUnknown = (): boolean =>
    records.isOnlyHere(module, id) || (last !== undefined && !isAnswered && records.baseVersion(module, id) === 0);
  const remote = new Remote(watchRemote, isUnknown);
  void bring(records, { module, id }, look);
  return follow(cache, { of: [recordKey(module, id)], look, heard: () => asking?.soon() }, remote);
};

interface Named {
  readonly module: string;
  readonly id: string;
}

/** A first look needs nothing else of the module. */
const bring = async (records: LocalRecords, { module, id }: Named, look: () => void): Promise<void> => {
  if (await records.bring(module, [id])) {
    look();
    await painted();
  }
  await records.load(module);
  look();
};

/** A record, once: what there is here, or the server's. @throws {CrmError} `not-found`. */
export const recordNow = async (
  { records, server }: Watching,
  { module, id }: { readonly module: string; readonly id: string },
  { signal }: CallOptions,
): Promise<AnyRecord> => {
  if (!(await records.bring(module, [id]))) await records.load(module);
  if (!records.shown.getAny(module, id)) await untilAborted(server.read(module, id), signal);
  else if (!records.isOnlyHere(module, id)) void server.find(module, id);
  const record = records.shown.get(module, id);
  if (!record) throw new CrmError('not-found', `There is no record ${id}.`, { module, id });
  return record;
};

const nullWhereThereIsNone = (error: unknown): null => {
  if (isCrmError(error, 'not-found')) return null;
  throw error;
};

/** Watching the server, from when it makes sense until it is stopped. */
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

  stop(): void {
    this.#isStopped = true;
    this.#end?.();
  }
}

export const follow = (cache: Watching, watcher: Watcher, remote: Remote): (() => void) => {
  const { watchers, feed, signal, records } = cache;
  records.truth.want(Array.from(watcher.of, (name) => name.split('|', 1)[0]!));
  const leave = watchers.add(watcher);
  const want = feed.want();
  remote.start();
  const stop = (): void => {
    leave();
    want();
    remote.stop();
    signal.removeEventListener('abort', stop);
  };
  signal.addEventListener('abort', stop);
  return stop;
};
