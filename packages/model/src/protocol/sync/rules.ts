/** What is known of a record: the version, and the reply that told it. */
export interface Held {
  /** 0 of a record that is known to be gone, but not at which version. */
  readonly version: number;
  /** `asOf` of the reply. */
  readonly asOf: number;
  /** `aclSeq` of the reply. */
  readonly aclSeq: number;
  readonly isGone?: boolean;
}

/** Where a client stands. Kept in the transaction that keeps the records. */
export interface Standing {
  /** Everything up to here was heard of; null while nothing was. */
  readonly cursor: number | null;
  /** The greatest number of the caller's rights that was heard of. */
  readonly aclSeq: number;
  /** Under this number everything held was proven. */
  readonly proven: number;
  /** By key the version that was heard of and is not here yet. */
  readonly due: ReadonlyMap<string, number>;
}

export const beginning: Standing = { cursor: null, aclSeq: 0, proven: 0, due: new Map() };

/**
 * The questions on which the protocol turns, each the rule of its number in SPEC.md. An object, so that a test can take
 * one away and see what goes wrong.
 */
export const rules = {
  /** R2 */
  rewinds: (asOf: number, cursor: number | null): boolean => cursor === null || asOf < cursor,
  /** R3 */
  isUnderOldRights: (aclSeq: number, known: number): boolean => aclSeq < known,
  /** R4: `version` is the present one, `fieldsSeq` the number under which the caller's fields last became others. */
  isCurrent: (held: Held, version: number, fieldsSeq: number): boolean =>
    held.version >= version && held.aclSeq >= fieldsSeq,
  /** R4 */
  isProven: (held: Held, { aclSeq, proven }: Standing): boolean => Math.max(held.aclSeq, proven) >= aclSeq,
  /** R5 */
  isHole: (batch: { readonly from: number }, cursor: number): boolean => batch.from > cursor,
  /** R6: a deleted record, which only comes to those who ask for deleted ones, is no word against its being gone. */
  isNews: (row: Held, held: Held | undefined, isDeleted = false): boolean => {
    if (!held) return true;
    if (held.isGone) {
      const isLater = isDeleted ? row.asOf >= held.asOf : row.asOf > held.asOf;
      return isLater || (held.version > 0 && row.version > held.version);
    }
    return row.version > held.version || (row.version === held.version && row.asOf >= held.asOf);
  },
  /** R7 */
  isNewerAbsence: (asOf: number, held: Held): boolean => asOf >= held.asOf,
  /** R8 */
  isDue: (version: number, held: Held): boolean => version > held.version,
  /** R11 */
  isHere: (version: number, held: Held | undefined): boolean =>
    held !== undefined && (held.isGone === true || held.version >= version),
  /** R12 */
  needs: (named: string, missing: ReadonlyMap<string, number>): boolean => missing.has(named),
  /** R13: `heard` was confirmed when the push was sent, `given` is the last number that was given by now. */
  isCountLost: (last: number, { heard, given }: Count): boolean => last < heard || last > given,
  /** R17: of two cursors; null was nowhere yet. */
  earlier: (a: number | null, b: number | null): number | null =>
    a === null || b === null ? (a ?? b) : Math.min(a, b),
  /** R19 */
  tellsOf: ({ of }: { readonly of?: readonly string[] | undefined }, modules: ReadonlySet<string>): boolean =>
    of === undefined || [...modules].every((module) => of.includes(module)),
};

/** How far a client's mutations are counted. */
export interface Count {
  /** Up to here outcomes had been heard when a push was sent: the server has to know of them. */
  readonly heard: number;
  /** The last number that was given by now: pushes overtake each other, but not the present. */
  readonly given: number;
}

export type Rules = typeof rules;
