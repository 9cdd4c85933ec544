import type { AnyRecord } from '../../module.ts';
import { beginning, rules as allRules, type Held, type Rules, type Standing } from './rules.ts';

export { beginning, type Held, type Standing } from './rules.ts';

/** Names a record among those of all modules. */
export const keyOf = (module: string, id: string): string => `${module}|${id}`;

/** What is known of a record that is kept, or may be, and was not read yet: that whatever changes is to be fetched. */
export const unread: Held = { version: 0, asOf: -1, aclSeq: 0 };

/** What a step of the protocol needs of what is kept. */
export interface Known {
  readonly standing: Standing;
  /** What is known of a record, also that it is gone; undefined when nothing is. */
  readonly held: (key: string) => Held | undefined;
  /** Of which anything is held, was kept, or is to be heard of. */
  readonly modules: ReadonlySet<string>;
}

/** What to do, in one transaction. */
export interface Step {
  readonly standing: Standing;
  /** Rows that enter the base. */
  readonly put: readonly Row[];
  /** Records that leave it, remembered as gone. */
  readonly drop: readonly Gone[];
  /** The reply counts for nothing: whoever asked has to ask again. */
  readonly isRefused: boolean;
  /** The feed begins again at the cursor. */
  readonly rewinds: boolean;
}

export interface Row {
  readonly key: string;
  readonly module: string;
  readonly record: AnyRecord;
  readonly held: Held;
}

export interface Gone {
  readonly key: string;
  readonly held: Held;
}

/** A reply that brings records, whatever it was asked for. */
export interface Reply {
  readonly asOf: number;
  readonly aclSeq: number;
  readonly rows: readonly { readonly module: string; readonly record: AnyRecord }[];
  /** Keys of records that were asked for by name and are not to be seen. */
  readonly gone: readonly string[];
}

/** What the feed told, between two numbers. */
export interface Batch {
  /** Where the one before it ended, or the stream began. */
  readonly from: number;
  readonly to: number;
  /** The modules of which it tells everything; all of them unless given. */
  readonly of?: readonly string[] | undefined;
  readonly changes: readonly {
    readonly module: string;
    readonly id: string;
    readonly version: number;
    /** `leave`: it is not for the caller's eyes any more. */
    readonly op: 'create' | 'update' | 'delete' | 'restore' | 'leave';
  }[];
}

/** An answer to the question which records may still be seen. */
export interface Proof {
  readonly asOf: number;
  readonly aclSeq: number;
  /** The number under which the caller's rights to fields last changed. */
  readonly fieldsSeq: number;
  /** Keys that were asked about, with the versions that those in sight have now. */
  readonly asked: ReadonlyMap<string, number>;
  /** Those among them that are not to be seen. */
  readonly gone: readonly string[];
}

/** What another tab of the same device knows. */
export interface Other {
  readonly standing: Standing;
  /** What it holds, or as much of it as is not the same here; null for a record that it knows to be gone. */
  readonly rows: readonly {
    readonly module: string;
    readonly id: string;
    readonly held: Held;
    readonly record: AnyRecord | null;
  }[];
}

/**
 * The client's part of the protocol, see SPEC.md: what each message makes of what is known. Pure; whoever runs it does
 * what the step says, asks for what is due, and for proof of what is not in sight.
 */
export class SyncClient {
  readonly #rules: Rules;

  /** @param rules - Others than the protocol's only to show what each is for. */
  constructor(rules: Rules = allRules) {
    this.#rules = rules;
  }

  /** Records came, by a page, by name, or as what a mutation changed: R2, R3, R6, R7. */
  replied({ standing, held }: Known, { asOf, aclSeq, rows, gone }: Reply): Step {
    if (this.#rules.isUnderOldRights(aclSeq, standing.aclSeq)) return { ...unchanged(standing), isRefused: true };
    const put = rows
      .map(({ module, record }): Row => {
        const key = keyOf(module, record.id);
        return { key, module, record, held: { version: record.version, asOf, aclSeq } };
      })
      .filter((row) => this.#rules.isNews(row.held, held(row.key), isDeleted(row.record)));
    const drop = gone.flatMap((key) => this.#absent(key, held(key), { version: 0, asOf, aclSeq }));
    const rewinds = this.#rules.rewinds(asOf, standing.cursor);
    const due = withoutSettled(standing.due, put, drop);
    const cursor = rewinds ? asOf : standing.cursor;
    return { ...unchanged({ ...this.#heardOf(standing, aclSeq), cursor, due }), put, drop, rewinds };
  }

  /** The feed told of changes: R5, R8, R19. What it told before, it may tell again. */
  heard({ standing, held, modules }: Known, batch: Batch): Step {
    const { cursor } = standing;
    if (!this.#rules.tellsOf(batch, modules)) return unchanged(standing);
    if (cursor === null || this.#rules.isHole(batch, cursor))
      return { ...unchanged(standing), rewinds: cursor !== null };
    if (batch.to <= cursor) return unchanged(standing);
    const due = new Map(standing.due);
    const drop: Gone[] = [];
    for (const { module, id, version, op } of batch.changes) {
      const key = keyOf(module, id);
      const known = held(key);
      if (!known) continue;
      if (op === 'delete' || op === 'leave') {
        if (known.version > version || (known.version === version && !known.isGone)) continue;
        const asOf = Math.max(batch.to, known.asOf);
        drop.push({ key, held: { version, asOf, aclSeq: standing.aclSeq, isGone: true } });
        due.delete(key);
      } else if (this.#rules.isDue(version, known)) due.set(key, Math.max(version, due.get(key) ?? 0));
    }
    return { ...unchanged({ ...standing, cursor: batch.to, due }), drop };
  }

  /** A stream of the feed begins; without a cursor, everything before it is unknown to nobody. */
  opened({ standing }: Known, at: number): Step {
    return unchanged(standing.cursor === null ? { ...standing, cursor: at } : standing);
  }

  /** The caller's rights changed: R4. */
  rightsChanged({ standing }: Known, aclSeq: number): Step {
    return unchanged(this.#heardOf(standing, aclSeq));
  }

  /** Some of what is held was asked about: R2, R3, R4, R7. */
  proven(
    { standing, held }: Known,
    { asOf, aclSeq, fieldsSeq, asked, gone }: Proof,
  ): Step & { readonly proven: readonly string[] } {
    if (this.#rules.isUnderOldRights(aclSeq, standing.aclSeq))
      return { ...unchanged(standing), isRefused: true, proven: [] };
    const drop = gone.flatMap((key) => this.#absent(key, held(key), { version: 0, asOf, aclSeq }));
    const away = new Set(gone);
    const due = new Map(withoutSettled(standing.due, [], drop));
    const proven: string[] = [];
    for (const [key, version] of asked) {
      const known = away.has(key) ? undefined : held(key);
      if (known && this.#rules.isCurrent(known, version, fieldsSeq)) proven.push(key);
      else if (known) due.set(key, Math.max(version, known.version, due.get(key) ?? 0));
    }
    // what came back after the answer was worked out may have been heard of already
    const rewinds = drop.length > 0 && this.#rules.rewinds(asOf, standing.cursor);
    const cursor = rewinds ? asOf : standing.cursor;
    return { ...unchanged({ ...this.#heardOf(standing, aclSeq), cursor, due }), drop, rewinds, proven };
  }

  /** Everything held is proven: R4. */
  allProven({ standing }: Known): Step {
    return unchanged({ ...standing, proven: standing.aclSeq });
  }

  /** Too much was missed: R9. Nothing of what was kept counts any more. */
  reset({ standing }: Known): Step {
    return unchanged({ ...beginning, aclSeq: standing.aclSeq, proven: standing.aclSeq });
  }

  /**
   * Meets what was kept apart from this: R17.
   *
   * @returns Beside the step, the keys of which the other one knows less: it has to be told.
   */
  joined({ standing, held }: Known, other: Other): Step & { readonly ahead: readonly string[] } {
    const put: Row[] = [];
    const drop: Gone[] = [];
    const ahead: string[] = [];
    for (const { module, id, held: told, record } of other.rows) {
      const key = keyOf(module, id);
      const known = held(key);
      if (known && isAsKnown(told, known)) continue;
      if (!this.#outdoes(told, known)) ahead.push(key);
      else if (record) put.push({ key, module, record, held: told });
      else drop.push({ key, held: told });
    }
    const taken = new Map([...put, ...drop].map((one) => [one.key, one.held]));
    const due = new Map(other.standing.due);
    for (const [key, version] of standing.due)
      if (!taken.get(key)?.isGone) due.set(key, Math.max(version, due.get(key) ?? 0));
    for (const [key, version] of due) {
      const now = taken.get(key) ?? held(key);
      if (!now || this.#rules.isDue(version, now)) continue;
      due.delete(key);
      if (!taken.has(key)) ahead.push(key);
    }
    const cursor = this.#rules.earlier(standing.cursor, other.standing.cursor);
    const aclSeq = Math.max(standing.aclSeq, other.standing.aclSeq);
    const proven = Math.min(standing.proven, other.standing.proven);
    return { ...unchanged({ cursor, aclSeq, proven, due }), put, drop, ahead, rewinds: cursor !== standing.cursor };
  }

  /** All of some module was read: nothing else of it is due. */
  read({ standing, held }: Known, module: string): Step {
    const isDue = (key: string): boolean => !key.startsWith(keyOf(module, '')) || held(key) !== undefined;
    return unchanged({ ...standing, due: new Map([...standing.due].filter(([key]) => isDue(key))) });
  }

  /** Whether a record may be shown: R4. */
  isInSight(held: Held, standing: Standing): boolean {
    return !held.isGone && this.#rules.isProven(held, standing);
  }

  #heardOf(standing: Standing, aclSeq: number): Standing {
    return aclSeq > standing.aclSeq ? { ...standing, aclSeq } : standing;
  }

  /** R6, R7: whether what another one holds is newer. What both have the same of stays where it is better proven. */
  #outdoes(told: Held, known: Held | undefined): boolean {
    if (!known) return true;
    if (told.isGone) return this.#rules.isNewerAbsence(told.asOf, known);
    if (told.version === known.version && told.asOf === known.asOf && told.aclSeq < known.aclSeq) return false;
    return this.#rules.isNews(told, known);
  }

  #absent(key: string, known: Held | undefined, told: Held): readonly Gone[] {
    if (known && !this.#rules.isNewerAbsence(told.asOf, known)) return [];
    return [{ key, held: { ...told, isGone: true } }];
  }
}

const isAsKnown = (a: Held, b: Held): boolean =>
  a.version === b.version && a.asOf === b.asOf && a.aclSeq === b.aclSeq && (a.isGone ?? false) === (b.isGone ?? false);

const isDeleted = (record: AnyRecord): boolean => (record['deletedAt'] ?? null) !== null;

const unchanged = (standing: Standing): Step => ({ standing, put: [], drop: [], isRefused: false, rewinds: false });

/** R8: a row of that version or a higher one, or word that it is gone, settles what was due. */
const withoutSettled = (
  due: ReadonlyMap<string, number>,
  put: readonly Row[],
  drop: readonly Gone[],
): ReadonlyMap<string, number> => {
  if (due.size === 0) return due;
  const settled = [...put.filter(({ key, held }) => held.version >= (due.get(key) ?? 0)), ...drop]
    .map(({ key }) => key)
    .filter((key) => due.has(key));
  if (settled.length === 0) return due;
  const rest = new Map(due);
  for (const key of settled) rest.delete(key);
  return rest;
};
