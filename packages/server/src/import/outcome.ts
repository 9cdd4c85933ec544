import { sentenceOf } from './sentences.ts';

/** Something to be said about one cell of a row. */
export interface RowMessage {
  /** The header of the column; null when it is about the row as a whole. */
  readonly column: string | null;
  readonly code: string;
  /** In English, for people. */
  readonly sentence: string;
}

export const messageOf = (
  column: string | null,
  code: string,
  params: Readonly<Record<string, unknown>> = {},
): RowMessage => ({ column, code, sentence: sentenceOf(code, params) });

/** How one record of a file ended. */
export interface Outcome {
  readonly file: string;
  readonly module: string;
  /** Of its first row. */
  readonly row: number;
  readonly outcome: 'imported' | 'updated' | 'skipped' | 'failed';
  /** The record that was made, changed or found. */
  readonly id: string | null;
  /** Why it failed or was skipped; what was kept beside the record instead of being read. */
  readonly messages: readonly RowMessage[];
}

export interface Counts {
  readonly imported: number;
  readonly updated: number;
  readonly skipped: number;
  readonly failed: number;
  /** Records of which something could not be read, and is kept beside them. */
  readonly warned: number;
}

export const noCounts: Counts = { imported: 0, updated: 0, skipped: 0, failed: 0, warned: 0 };

export const counted = (counts: Counts, { outcome, messages }: Outcome): Counts => ({
  ...counts,
  [outcome]: counts[outcome] + 1,
  warned: counts.warned + (messages.length > 0 && (outcome === 'imported' || outcome === 'updated') ? 1 : 0),
});

export const addCounts = (a: Counts, b: Counts): Counts => ({
  imported: a.imported + b.imported,
  updated: a.updated + b.updated,
  skipped: a.skipped + b.skipped,
  failed: a.failed + b.failed,
  warned: a.warned + b.warned,
});
