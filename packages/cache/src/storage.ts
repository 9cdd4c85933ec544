import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { Held, Standing } from '@tessera-crm/model/protocol/sync/client.js';
import type { Waiting } from '@tessera-crm/model/protocol/sync/outgoing.js';
import type { WipeOptions } from './delete-cache.ts';
import type { Draft, Entry, Rejected } from './entry.ts';

/** A record as the server told it, and how that is known; null when it is known to be gone. */
export interface Kept {
  readonly module: string;
  readonly id: string;
  readonly held: Held;
  readonly record: AnyRecord | null;
}

/** The server's last answer to a query, by ids. */
export interface StoredPage {
  readonly ids: readonly string[];
  readonly next: string | null;
  readonly count?: number;
  /** What came along with them, by module. */
  readonly included?: Readonly<Record<string, readonly string[]>>;
  /** The number as of which the server told it. */
  readonly asOf: number;
  /** Only of a pin: the number of the rights under which its first records came. */
  readonly aclSeq?: number;
}

/** Whether it is no page, but tells how far a pin was fetched. */
export const isPin = ({ page }: Pick<KeptPage, 'page'>): boolean => page.aclSeq !== undefined;

/** The ids of all records that it shows, by module. */
export const shownOn = ({
  module,
  page,
}: Pick<KeptPage, 'module' | 'page'>): ReadonlyMap<string, readonly string[]> => {
  const { ids, included = {} } = page;
  return new Map([...Object.entries(included), [module, [...ids, ...(included[module] ?? [])]]]);
};

/** A page, and the question that it answers. */
export interface KeptPage {
  readonly key: string;
  readonly module: string;
  readonly page: StoredPage;
}

/**
 * How far a cache was written, of those that follow each other on one device. Nothing was kept where the turn is 0; each
 * commit adds one. The first may be any number, so that the turn of a cache that was lost is never taken for another's.
 */
export interface Turn {
  readonly generation: number;
  readonly turn: number;
}

/** Where what is kept stands. */
export interface Position extends Turn {
  readonly standing: Standing;
  /** The modules of which anything was ever kept here. */
  readonly modules: readonly string[];
  /** Those of which everything that changes is fetched, known or not. */
  readonly follows: readonly string[];
}

/** Something to be kept, in one transaction. */
export interface Commit {
  /** The last turn that whoever commits knows of. */
  readonly at: Turn;
  readonly standing: Standing;
  /** What is to be followed beside what is followed already. */
  readonly follows: readonly string[];
  /** Each record once. */
  readonly rows: readonly Kept[];
  readonly pages: readonly KeptPage[];
  /** What the pages show and was kept before: it is to be at hand from now on. */
  readonly onPages?: readonly Kept[];
  /** Asked as it is written where nothing is yet: whether nobody can have deleted all that was there before. */
  readonly mayBegin?: () => boolean;
}

/** What others kept. */
export interface Others {
  readonly position: Position;
  readonly rows: readonly Kept[];
}

/** The outbox of a device. */
export interface Queue {
  /** Random: another one when everything here was deleted, and began anew. */
  readonly origin: string;
  /** The name under which the server counts what is added here. */
  readonly client: string;
  /** The number that was given last under that name; 0 when none was. */
  readonly last: number;
  /** In their order. Some may have come from elsewhere, and are counted under the names that they had there. */
  readonly entries: readonly Entry[];
  /** What waits for a later version of this program, and what comes after that: R18. */
  readonly later?: readonly Entry[];
}

/** What waits, and what was refused. */
export interface Unsent {
  readonly queue: Queue;
  readonly rejected: readonly Rejected[];
}

/** What was kept elsewhere, and comes into an outbox. The server may know its names and numbers: it keeps them. */
export interface Left {
  /** In their order. */
  readonly entries: readonly Entry[];
  readonly rejected: readonly Rejected[];
}

/** What became of entries, by their `n`. */
export interface Settling {
  /** Carried out, and not all here yet: what the server changed. */
  readonly carriedOut?: ReadonlyMap<number, NonNullable<Waiting['touched']>>;
  /** Through: they leave. */
  readonly through?: readonly number[];
  /** Refused: they leave, and are kept among the rejected ones. */
  readonly refused?: ReadonlyMap<number, Rejected>;
  /** Given up because another one was refused: kept among the rejected ones, their number stays in the queue, empty. */
  readonly emptied?: ReadonlyMap<number, Rejected>;
}

/** `localstorage` outlives the page, but holds little, and only what is unsent or refused; `memory` ends with the page. */
export type StorageKind = 'indexeddb' | 'localstorage' | 'memory';

/** What a cache keeps between visits. The outbox is kept strictly; everything else can be had again. */
export interface Storage {
  readonly kind: StorageKind;
  position(): Promise<Position>;
  /** What was kept since; null when that is not remembered, and everything has to be read again. */
  since(at: Turn): Promise<Others | null>;
  /**
   * Keeps what is given if nobody kept anything else since `at`, or if nothing was kept here yet.
   *
   * @returns Where it stands now; null when somebody was faster, or it may not begin here, and nothing was kept.
   */
  commit(commit: Commit): Promise<Position | null>;
  /** All of a module that is not gone. */
  records(module: string): Promise<readonly Kept[]>;
  /** Those of them that can be had without reading all of the module, the ones known to be gone too. */
  some(module: string, ids: readonly string[]): Promise<readonly Kept[]>;
  page(key: string): Promise<StoredPage | undefined>;
  /** Leaves everything but the outbox behind: from now on there is nothing. Unless another tab did so since `at`. */
  beginAnew(at: Turn): Promise<Position>;
  /** Both at one moment. */
  unsent(): Promise<Unsent>;
  outbox(): Promise<Queue>;
  /**
   * Puts changes at the end of the queue, under the next number.
   *
   * @param origin - Of the queue that they are to follow.
   * @returns Null when that was deleted, and another one began: nothing was put there.
   */
  enqueue(draft: Draft, origin?: string): Promise<Entry | null>;
  /** Puts at the end of the queue what is not here yet, by its `key`. What was refused meanwhile does not wait any more. */
  takeUp(left: Left): Promise<void>;
  /** Does nothing if the queue got another name meanwhile. */
  settle(client: string, settling: Settling): Promise<void>;
  /** Counts what waits under a name anew, under another one; what was carried out under it leaves. */
  renameClient(client: string): Promise<void>;
  rejected(): Promise<readonly Rejected[]>;
  discard(n: number): Promise<void>;
  /** Bytes that may still be kept before what was not used for long makes way. */
  room(): Promise<number>;
  /** Forgets the key, if there is one, and deletes everything; in memory, unsent changes too. */
  wipe(options?: WipeOptions): Promise<void>;
  close(): void;
}
