import type { Reading } from '@tessera-crm/model/kind.js';
import type { ReferenceSpec } from './mapping.ts';
import type { RowMessage } from './outcome.ts';
import type { SourceRow } from './source-row.ts';
import type { Target } from './target.ts';

/** Text that names a record which has to be found before the row can be written. */
export interface NamedLink {
  readonly header: string;
  readonly text: string;
  readonly target: Target;
  readonly spec: ReferenceSpec;
  /** Which of the record's lines it belongs to. */
  readonly line: number | null;
  /** Whether it may lead nowhere without a word. */
  readonly isOptional: boolean;
}

/** The name of a stage elsewhere, for which one of ours has to be found. */
export interface NamedStage {
  readonly header: string;
  readonly text: string;
  readonly target: Target;
  readonly like: Readonly<Record<string, number | 'won' | 'lost'>>;
}

export interface ExternalId {
  readonly system: string;
  readonly type: string;
  readonly id: string;
}

/** What was read from the rows of one record, before anything was looked up. */
export interface Draft {
  readonly row: number;
  readonly values: Record<string, unknown>;
  readonly links: NamedLink[];
  readonly stages: NamedStage[];
  /** The first is the record's own, the others are aliases. */
  readonly externalIds: readonly ExternalId[];
  /** What it is recognised by where its file names it in no way. */
  readonly content: ExternalId | null;
  /** Why the row is refused. */
  readonly faults: RowMessage[];
  /** What could not be read and is kept as text. */
  readonly warnings: RowMessage[];
  /** Text by header that has no field, or could not be read. */
  readonly kept: Record<string, string>;
  readonly source: SourceRow;
  /** Why the row is left out, if it is. */
  readonly leftOut: string | null;
}

/** What of a draft's reading is the same for all rows of a file. */
export interface DraftContext {
  readonly reading: Reading;
  readonly system: string;
  /** The name of the file, which stands for a system where there are no ids. */
  readonly file: string;
}
