import { isAlive } from '../is-alive.ts';
import type { RecordMap } from '../memory/record-map.ts';
import type { AnyRecord } from '../module.ts';
import type { ChangeEvent } from '../protocol/events.ts';
import type { Write } from '../rules/workspace.ts';

/** Whether a record is for the caller's eyes. */
export type Sees = (module: string, record: AnyRecord) => boolean;

/** What was written together. */
export interface Commit {
  readonly seq: number;
  /** RFC 3339, UTC. */
  readonly at: string;
  /** `users:<id>`; null for the system itself. */
  readonly by: string | null;
  /** The client whose mutation it was; undefined for everything else. */
  readonly client: string | undefined;
  readonly writes: readonly Write[];
}

/** One version of a record. */
export interface Past {
  readonly version: number;
  readonly op: Told['op'];
  readonly at: string;
  readonly by: string | null;
}

type Told = ChangeEvent['changes'][number];

/**
 * What was committed to a memory store, under numbers that grow by one, and what its caller may see of it. Rights count
 * as changed under numbers of their own, as they do where people's own records decide on them.
 */
export class MemoryCommits {
  readonly #records: RecordMap;
  readonly #commits: Commit[] = [];
  readonly #listeners = new Set<() => void>();
  #sees: Sees | null = null;
  #horizon = 0;
  #aclSeq = 0;
  #fieldsSeq = 0;

  constructor(records: RecordMap) {
    this.#records = records;
  }

  /** The newest number. */
  get seq(): number {
    return this.#commits.length;
  }

  /** The number under which the caller's rights last changed. */
  get aclSeq(): number {
    return this.#aclSeq;
  }

  /** The number under which the caller's rights to fields last changed. */
  get fieldsSeq(): number {
    return this.#fieldsSeq;
  }

  /** Counts what was written, unless that is nothing. */
  add(commit: Omit<Commit, 'seq'>): void {
    if (commit.writes.length > 0) this.#count(commit);
  }

  /** See `MemorySync`. */
  setSight(sees: Sees | null, at: string, hasFields: boolean): void {
    this.#sees = sees;
    this.#aclSeq = this.seq + 1;
    if (hasFields) this.#fieldsSeq = this.#aclSeq;
    this.#count({ at, by: null, client: undefined, writes: [] });
  }

  /** Whether rights are in the way, whatever else is true of the record. */
  isHidden(module: string, record: AnyRecord): boolean {
    return this.#sees?.(module, record) === false;
  }

  /** A record that is there, for the caller. */
  inSight(module: string, id: string): AnyRecord | undefined {
    const record = this.#records.get(module, id);
    return record && !this.isHidden(module, record) ? record : undefined;
  }

  /** What the caller hears of the commits after a number; null when they are forgotten, or lie in the future. */
  after(cursor: number): readonly ChangeEvent[] | null {
    if (cursor < this.#horizon || cursor > this.seq) return null;
    return this.#commits
      .slice(cursor)
      .map(({ seq, writes }) => ({ seq, changes: writes.flatMap((write) => this.#toldOf(write) ?? []) }));
  }

  /** What happened to a record after a version, the latest first. */
  of(module: string, id: string, version = 0): readonly (Commit & { readonly write: Write })[] {
    return this.#commits
      .flatMap((commit) => commit.writes.map((write) => ({ ...commit, write })))
      .filter(({ write }) => write.module === module && write.id === id && write.after.version > version)
      .toReversed();
  }

  /** From now on nobody can go on from before this moment. */
  forget(): void {
    this.#horizon = this.seq;
  }

  /** @returns How to stop. */
  subscribe(listener: () => void): () => void {
    const own = (): void => listener();
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  /**
   * Waits until something is committed.
   *
   * @param patience - Milliseconds at most; for ever unless told.
   * @returns False when it is over before.
   */
  next(signal: AbortSignal | undefined, patience?: number): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (isNew: boolean): void => {
        clearTimeout(timer);
        unsubscribe();
        signal?.removeEventListener('abort', over);
        resolve(isNew);
      };
      const over = (): void => end(false);
      const timer = patience === undefined ? undefined : setTimeout(over, patience);
      const unsubscribe = this.subscribe(() => end(true));
      signal?.addEventListener('abort', over);
      if (signal?.aborted) over();
    });
  }

  #count(commit: Omit<Commit, 'seq'>): void {
    this.#commits.push({ ...commit, seq: this.seq + 1 });
    for (const listener of this.#listeners) listener();
  }

  /** R15: those in sight are named, and those that were until then; nobody else is. */
  #toldOf(write: Write): Told | null {
    const { module, id, before, after } = write;
    const told: Told = { module, id, version: after.version, op: operationOf(write) };
    if (!this.#sees || this.inSight(module, id)) return told;
    if (!this.#wasSeen(module, before) || this.#wasSeen(module, after)) return null;
    return told.op === 'delete' ? told : { ...told, op: 'leave' };
  }

  #wasSeen(module: string, record: AnyRecord | null): boolean {
    return record !== null && isAlive(record) && !this.isHidden(module, record);
  }
}

export const operationOf = ({ before, after }: Write): Past['op'] => {
  if (!before) return 'create';
  if (isAlive(before) === isAlive(after)) return 'update';
  return isAlive(after) ? 'restore' : 'delete';
};
