import { CrmError, isCrmError, type ErrorCode } from '@tessera-crm/model/errors.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { fromProblem } from '@tessera-crm/model/protocol/from-problem.js';
import type { Problem } from '@tessera-crm/model/protocol/problem.js';
import { keyOf, type Reply } from '@tessera-crm/model/protocol/sync/client.js';
import type { Mutation, Pushed } from '@tessera-crm/model/protocol/sync/messages.js';
import type { Answered, SyncOutgoing } from '@tessera-crm/model/protocol/sync/outgoing.js';
import type { Count } from '@tessera-crm/model/protocol/sync/rules.js';
import type { SyncDoor } from '@tessera-crm/model/sync-door.js';
import type { Entry, Rejected } from './entry.ts';
import type { Keeping } from './keeping.ts';
import type { Queue, Settling } from './storage.ts';
import type { Truth } from './truth.ts';

export interface PushingOptions {
  readonly door: SyncDoor;
  readonly outgoing: SyncOutgoing;
  readonly queue: () => Queue;
  readonly mayPush: () => boolean;
  /** Stores what became of entries, if the queue has this name still. */
  readonly settle: (settling: Settling, client: string) => Promise<void>;
  /** What the server made of entries is known here; said in the same breath in which that became so. */
  readonly through: (entries: readonly Entry[]) => void;
  /** Reads the queue as it is stored now: another tab may have added to it, or sent it. */
  readonly reload: () => Promise<void>;
  /** The count of a client is lost. */
  readonly renamed: (client: string) => Promise<void>;
  readonly truth: Truth;
  readonly keeping: Keeping;
  readonly reached: (isOnline: boolean) => void;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** What no repetition changes: the server understood the push, and says no to it as a whole. */
const finalCodes: ReadonlySet<ErrorCode> = new Set(['validation', 'too-large', 'conflict', 'rule']);

/** Attempts after which an entry over which the server stumbles makes way for the others. */
const mostStumbles = 5;

/** One push after the other, and what becomes of the entries in it. */
export class Pushing {
  readonly #options: PushingOptions;
  #stumbles = 0;
  /** How often in a row it did not go on. */
  failures = 0;

  constructor(options: PushingOptions) {
    this.#options = options;
  }

  /** @returns True when nothing is left to send, false when it cannot go on now. */
  async push(): Promise<boolean> {
    const { queue, outgoing, mayPush, signal } = this.#options;
    for (;;) {
      const now = queue();
      const next = nextIn(now);
      // after a stumble one by one, to see over which
      const mutations = outgoing.toPush(next).slice(0, this.#stumbles > 0 ? 1 : undefined);
      if (mutations.length === 0 || signal.aborted || !mayPush()) return true;
      if (!(await this.#send(seriesIn(now, next[0]!.client), mutations))) return false;
    }
  }

  /** @returns Whether to go on. */
  async #send(series: Series, mutations: readonly Mutation[]): Promise<boolean> {
    const { door, reached } = this.#options;
    const heard = heardIn(series);
    let pushed: Pushed;
    try {
      pushed = await door.push({ client: series.client, heard, mutations: [...mutations] });
    } catch (cause) {
      const error = isCrmError(cause) ? cause : new CrmError('internal', String(cause), {}, cause);
      return !this.#options.signal.aborted && this.#failed(error, series, mutations);
    }
    if (this.#options.signal.aborted) return false;
    reached(true);
    return this.#settle(() => this.#answered(pushed, series, heard));
  }

  async #failed(error: CrmError, series: Series, mutations: readonly Mutation[]): Promise<boolean> {
    const { code, facts } = error;
    const isStumble = finalCodes.has(code) || code === 'internal';
    this.#options.reached(isStumble || code === 'forbidden');
    if (code === 'forbidden' && facts['reason'] === 'client')
      return this.#settle(() => this.#options.renamed(series.client));
    if (!isStumble && code !== 'forbidden') this.#stumbles = 0;
    else if (++this.#stumbles >= (finalCodes.has(code) ? 2 : mostStumbles) && mutations.length === 1)
      return this.#settle(() => this.#setAside(error, series, mutations[0]!));
    this.failures++;
    // the second attempt is another one, and need not wait
    return finalCodes.has(code) && this.#stumbles === 1;
  }

  /** Not even its number was taken: the number is sent without it. */
  async #setAside(error: CrmError, { entries }: Series, { mid }: Mutation): Promise<void> {
    const { settle, queue } = this.#options;
    const entry = entries.find((one) => one.mid === mid)!;
    await settle({ emptied: new Map([rejection(entry, error)]) }, queue().client);
  }

  async #answered(pushed: Pushed, sent: Series, heard: number): Promise<void> {
    const { outgoing, queue, truth, keeping, settle, renamed } = this.#options;
    const { client } = queue();
    const { entries, last } = seriesIn(queue(), sent.client);
    // it has another name by now
    if (entries.length === 0) return;
    const count: Count = { heard, given: last };
    const answered = outgoing.answered(entries, pushed, count);
    if (answered.isCountLost || pushed.gap) return (await this.#knewLess(sent)) ? undefined : renamed(sent.client);
    truth.take(replyOf(pushed));
    const ends = entries.flatMap((entry) =>
      answered.carriedOut.has(entry.mid) ? [endOf(entry, answered.carriedOut.get(entry.mid))] : [],
    );
    const through = ends.filter((entry) => outgoing.isHere(entry, truth.held));
    this.#options.through(through);
    await keeping.now();
    const waiting = ends.filter((entry) => !through.includes(entry));
    await settle({ ...laidAside(entries, answered), ...carriedOutBy(through, waiting) }, client);
  }

  /** Whoever did not know yet what other tabs added, or sent, cannot say that a count is lost: it asks again. */
  async #knewLess(sent: Series): Promise<boolean> {
    await this.#options.reload();
    return numbersIn(seriesIn(this.#options.queue(), sent.client)) !== numbersIn(sent);
  }

  /** Storage that fails here costs a repetition, which the count makes harmless. */
  async #settle(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      this.failures = 0;
      this.#stumbles = 0;
      return true;
    } catch {
      this.failures++;
      return false;
    }
  }
}

/** What is counted under one name. */
type Series = Pick<Queue, 'client' | 'last' | 'entries'>;

const seriesIn = ({ client: own, last, entries }: Queue, client: string): Series => ({
  client,
  // how far others counted under their names is known to nobody here
  last: client === own ? last : Infinity,
  entries: entries.filter((entry) => entry.client === client),
});

/** What may be sent together: what was not carried out, up to where it is counted under another name. */
const nextIn = ({ entries }: Queue): readonly Entry[] => {
  const waiting = entries.filter(({ touched }) => !touched);
  const end = waiting.findIndex(({ client }) => client !== waiting[0]!.client);
  return waiting.slice(0, end === -1 ? undefined : end).toSorted((a, b) => a.mid - b.mid);
};

/** Up to here it is known what came of everything. */
const heardIn = ({ last, entries }: Series): number => Math.min(last, ...entries.map(({ mid }) => mid - 1));

const numbersIn = ({ last, entries }: Series): string => [last, ...entries.map(({ mid }) => mid)].join(' ');

const replyOf = ({ asOf, aclSeq, outcomes }: Pushed): Reply => {
  const touched = outcomes.flatMap((outcome) => (outcome.ok ? (outcome.touched ?? []) : []));
  const rows = touched.flatMap(({ module, record }) => (record ? [{ module, record: record as AnyRecord }] : []));
  const gone = touched.flatMap(({ module, id, record }) => (record ? [] : [keyOf(module, id)]));
  return { asOf, aclSeq, rows, gone };
};

type Ended = Entry & Required<Pick<Entry, 'touched'>>;

/** An entry that was carried out. Where nobody remembers what it changed, it is at least what it named. */
const endOf = (entry: Entry, touched: Entry['touched']): Ended => ({
  ...entry,
  touched: touched ?? entry.changes.map(({ module, id }) => [keyOf(module, id), 0] as const),
});

const carriedOutBy = (through: readonly Ended[], waiting: readonly Ended[]): Settling => ({
  through: through.map(({ n }) => n),
  carriedOut: new Map(waiting.map(({ n, touched }) => [n, touched])),
});

/** What was refused, and what needs it: refused as well, or given up here. */
const laidAside = (entries: readonly Entry[], { refused, dependent }: Answered): Settling => {
  const byMid = new Map(entries.map((entry) => [entry.mid, entry]));
  const errorOf = ({ mid }: Entry): CrmError => {
    const cause = byMid.get(dependent.get(mid) ?? 0);
    return cause ? dependentOn(cause) : fromProblem(refused.get(mid) as Problem);
  };
  const rejections = (some: readonly Entry[]) => new Map(some.map((entry) => rejection(entry, errorOf(entry))));
  return {
    refused: rejections(entries.filter(({ mid }) => refused.has(mid))),
    emptied: rejections(
      entries.filter(({ mid, changes }) => dependent.has(mid) && !refused.has(mid) && changes.length > 0),
    ),
  };
};

const rejection = (
  { n, key, at, changes, patches }: Entry,
  { code, message, facts }: CrmError,
): readonly [number, Rejected] => [n, { n, key, at, changes, patches, error: { code, message, facts } }];

/** What was to be made and is not: nothing can be done to it. */
const dependentOn = ({ n }: Entry): CrmError =>
  new CrmError('not-found', 'It needs what the server refused.', { because: n });
