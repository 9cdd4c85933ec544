/** One version of a record's past. */
export interface Version {
  readonly version: number;
  /** RFC 3339, UTC. */
  readonly at: string;
  /** Null for the system itself. */
  readonly by: { readonly module: string; readonly id: string } | null;
  readonly op: string;
  readonly source: string | null;
  readonly changes: readonly { readonly field: string; readonly old: unknown; readonly new: unknown }[];
}

export interface HistoryRow {
  readonly version: number;
  readonly at: string;
  readonly actor: string | null;
  readonly op: string;
  readonly source: string | null;
  readonly diff: Readonly<Record<string, readonly [unknown, unknown]>>;
}

export const versionOf = ({ version, at, actor, op, source, diff }: HistoryRow): Version => ({
  version,
  at,
  by: actor === null ? null : whoIs(actor),
  op,
  source,
  changes: Object.entries(diff).map(([field, [old, now]]) => ({ field, old, new: now })),
});

/** `users:<id>` in its parts. */
const whoIs = (actor: string): { readonly module: string; readonly id: string } => {
  const colon = actor.indexOf(':');
  return { module: actor.slice(0, colon), id: actor.slice(colon + 1) };
};
