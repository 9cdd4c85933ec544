import type { AnyRecord } from '../module.ts';
import type { Where } from '../query/query.ts';
import type { Reader } from '../rule.ts';

/** Who changed something, and when. */
export interface Authored {
  /** `users:<id>`; null for the system itself, or when it is not known. */
  readonly by: string | null;
  /** RFC 3339, UTC. */
  readonly at: string | null;
}

/** What the keeper of records answers while changes are worked out. */
export interface State extends Reader {
  /** Like `get`, but gives deleted records too. */
  getAny(module: string, id: string): Promise<AnyRecord | null>;
  /** Like `find`, but gives all of them, however many. */
  findAll(module: string, where: Where): Promise<readonly AnyRecord[]>;
  /**
   * Told before a record goes and what links to it is looked for: from here on nobody else may link to it. Needed only
   * where several batches are under way at once.
   */
  claim?(module: string, id: string): Promise<void>;
  /** Told of every record that the change comes to write, as soon as that is known; what it throws ends the work. */
  reached?(module: string, id: string): void;
  /** The records that went to the recycle bin together. */
  findDeleted(batch: string): Promise<readonly { readonly module: string; readonly record: AnyRecord }[]>;
  /**
   * The fields of a record that changed after a version, each with the value it had then;
   * null when nobody remembers that far back.
   */
  changedSince(module: string, id: string, version: number): Promise<Readonly<Record<string, unknown>> | null>;
  /** Who last changed each of those fields. Only where that is known. */
  authorsSince?(module: string, id: string, version: number): Promise<Readonly<Record<string, Authored>>>;
  /** The next number of a series, or null where only the server may give numbers. */
  nextNumber(series: {
    readonly module: string;
    readonly field: string;
    readonly prefix: string;
  }): Promise<string | null>;
}
