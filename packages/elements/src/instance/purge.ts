import type { Cache } from '@tessera-crm/cache';
import { draftStorage } from '../draft/draft-storage.ts';
import type { CrmInstance } from '../frame/instance.ts';
import type { UnsentAnswer, UnsentQuestion } from '../sign-out/unsent-question.ts';
import { cacheName } from './cache-name.ts';
import type { Connection, Left } from './connection.ts';
import { finishLeaving } from './finish-leaving.ts';
import { markLeaving } from './leaving-marks.ts';
import type { SignedOut, UnsentWish } from './options.ts';

interface PurgeSubject {
  readonly prefix: string;
  readonly connections: ReadonlyMap<string, Connection>;
  readonly crm: CrmInstance;
  /** The part of the page that is the instance's; the document for all of it. */
  readonly target: EventTarget | undefined;
}

/** What one connection keeps on this device. */
interface Visit {
  readonly connection: Connection;
  /** That of the cache. */
  readonly name: string;
  /** Null when nothing is kept, or nobody could open it. */
  readonly cache: Cache | null;
}

/** Milliseconds that sending, and opening what an earlier visit left, may take before somebody is asked. */
const patience = 5_000;

/** The same for sending where the server was not reached when last asked. */
const shortPatience = 1_000;

const underWay = new WeakMap<ReadonlyMap<string, Connection>, Promise<SignedOut>>();

/**
 * Signs out, and deletes what people left on this device: what they had begun to write in the elements of a prefix, and
 * what is kept of the backends. Sends first, and loses nothing that nobody decided about. Once at a time.
 */
export const purge = (subject: PurgeSubject, unsent: UnsentWish = 'ask'): Promise<SignedOut> => {
  const { connections } = subject;
  const already = underWay.get(connections);
  if (already) return already;
  const purging = run(subject, unsent).finally(() => underWay.delete(connections));
  underWay.set(connections, purging);
  return purging;
};

const run = async (subject: PurgeSubject, wish: UnsentWish): Promise<SignedOut> => {
  const served = [...subject.connections.values()].filter(({ url }) => url !== undefined);
  const visits = await Promise.all(served.map(visitOf));
  const isReached = visits.every(({ cache }) => cache?.outgoing.state.online ?? true);
  const sending = visits.map(async ({ cache }) => cache?.flush());
  await inTime(sending, isReached ? patience : shortPatience);
  const decided = await decide(subject, visits, wish);
  if (decided === 'cancelled') return decided;
  const keepUnsent = decided === 'done' || decided === 'kept';
  const unsentIn = await leave(subject, visits, keepUnsent);
  return keepUnsent && unsentIn.length > 0 ? 'kept' : decided;
};

/** Opens what an earlier visit left, as only then it can be told what of it is unsent. */
const visitOf = async (connection: Connection): Promise<Visit> => {
  const name = cacheName(connection.context);
  if (await isOnDevice(name)) await inTime([connection.store.arrived()]);
  let cache: Cache | null = null;
  await inTime([connection.offline.then((opened) => (cache = opened))]);
  return { connection, name, cache };
};

const isOnDevice = async (name: string): Promise<boolean> => {
  try {
    if ((await indexedDB.databases()).some((one) => one.name === `${name}/outbox`)) return true;
    // what no database took
    return Object.keys(localStorage).some((place) => place.startsWith(`${name}/`));
  } catch {
    return false;
  }
};

const decide = async (
  { crm, target }: PurgeSubject,
  visits: readonly Visit[],
  wish: UnsentWish,
): Promise<SignedOut> => {
  const sources = visits.flatMap(({ cache, connection }) =>
    cache && holdsUnsent(cache) ? [{ cache, connection }] : [],
  );
  if (sources.length === 0) return 'done';
  if (wish === 'discard') return 'discarded';
  const mayKeep = sources.every(({ cache }) => cache.outgoing.state.storage !== 'memory');
  if (wish === 'keep' && mayKeep) return 'kept';
  const answer = await ask(
    {
      crm,
      sources: sources.map(({ cache, connection }) => ({ name: connection.context.name, outgoing: cache.outgoing })),
      mayKeep,
      isEncrypted: sources.every(({ connection }) => connection.context.cache?.key !== undefined),
    },
    target instanceof Element ? target : undefined,
    anyOf(sources.map(({ cache }) => cache.closed)),
  );
  if (answer === 'sent') return 'done';
  // In memory it would be lost with the page, and nobody has decided that
  return answer ?? (mayKeep ? 'kept' : 'cancelled');
};

/** Aborts with the first of them. */
const anyOf = (signals: readonly AbortSignal[]): AbortSignal => {
  const any = new AbortController();
  const abort = (): void => any.abort();
  for (const signal of signals) signal.addEventListener('abort', abort, { once: true });
  if (signals.some(({ aborted }) => aborted)) abort();
  return any.signal;
};

const holdsUnsent = ({ outgoing }: Cache): boolean => outgoing.waiting().length + outgoing.refused().length > 0;

/** Undefined where nobody can be asked, be it that the code for it is not here, and the network is gone. */
const ask = async (
  question: UnsentQuestion,
  near: Element | undefined,
  signal: AbortSignal,
): Promise<UnsentAnswer | undefined> => {
  try {
    const { askUnsent } = await import('../sign-out/ask-unsent.ts');
    return await askUnsent(question, near, signal);
  } catch {
    return undefined;
  }
};

/** @returns The names of caches of which unsent work stays. */
const leave = async (
  { prefix, connections, crm }: PurgeSubject,
  visits: readonly Visit[],
  keepUnsent: boolean,
): Promise<readonly string[]> => {
  markLeaving(
    prefix,
    visits.map(({ name }) => ({ name, keepUnsent })),
  );
  draftStorage.purge(prefix);
  const wiping = visits.map(({ cache }) => cache?.wipe({ keepUnsent }));
  const [first] = connections.values();
  // Unless another person came meanwhile
  const leaving = first && first === crm.backend() ? first.context.leave(withoutKey(first)) : undefined;
  await Promise.allSettled([...wiping, leaving]);
  return (await finishLeaving(prefix)).unsentIn;
};

/** Whoever comes next with no key of their own is not to be kept on the device in the clear. */
const withoutKey = ({ context: { cache } }: Connection): Left => {
  if (!cache?.key) return {};
  const { key: _key, mode, ...rest } = cache;
  return { cache: { ...rest, mode: mode === 'off' ? mode : 'memory' } };
};

const inTime = async (work: readonly Promise<unknown>[], milliseconds = patience): Promise<void> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([Promise.allSettled(work), late]).finally(() => clearTimeout(timer));
};
