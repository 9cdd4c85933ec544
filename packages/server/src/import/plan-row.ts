import type { Change } from '@tessera-crm/model/change.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { Draft, NamedLink } from './draft.ts';
import type { RowMessage } from './outcome.ts';

/** A link to a record of the same file that may come later in it. */
export interface LateLink {
  readonly link: NamedLink;
  readonly id: string;
  /** Whether the record was here before: then it is linked only if nobody has touched it since it was imported. */
  readonly isRepeated: boolean;
}

/** What is going to be done with one row: decided, not yet carried out. */
export interface RowPlan {
  readonly draft: Draft;
  readonly outcome: 'imported' | 'updated' | 'skipped' | 'failed';
  /** The record that is made, changed or found. */
  readonly id: string | null;
  /** What carries it out; null where nothing has to be done. */
  readonly change: Change | null;
  readonly messages: readonly RowMessage[];
  readonly late: readonly LateLink[];
}

/** A row whose record is to be compared with the one that is here before it is known what changes. */
export interface Match {
  readonly id: string;
  /** Why it counts as the same. */
  readonly message: RowMessage;
  /** The record as it is. */
  readonly record: AnyRecord | null;
}
