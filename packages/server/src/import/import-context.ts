import type { Registry } from '@tessera-crm/model/registry.js';
import type { Settings } from '@tessera-crm/model/settings.js';
import type { KnownModules } from './known-records.ts';
import type { DuplicatePolicy } from './mapping.ts';
import type { Outcome, RowMessage } from './outcome.ts';
import type { RecordDoor } from './record-door.ts';

/** Whoever wants to know what an import does. */
export interface Reporter {
  outcome(outcome: Outcome): void;
  /** Something that is noticed about a row after its outcome was told. */
  remark(at: { readonly file: string; readonly module: string; readonly id: string }, message: RowMessage): void;
  /** Something about a file as a whole. */
  notice(text: string): void;
  /** Which file is being read now. */
  file(name: string, module: string): void;
}

/** What all files of an import share. */
export interface ImportContext {
  readonly store: RecordDoor;
  readonly registry: Registry;
  readonly settings: Settings;
  readonly modules: KnownModules;
  /** The system from which the files come. */
  readonly system: string;
  /** What is done with records that are here already, where the mapping does not say. */
  readonly policy: DuplicatePolicy;
  readonly reporter: Reporter;
  /** When aborted, the import ends after the batch under way. */
  readonly stopping: AbortSignal | undefined;
  newId(): string;
}
