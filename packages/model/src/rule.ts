import type { Field } from './kind.ts';
import type { AnyLink } from './kinds/any-link.ts';
import type { AnyRecord } from './module.ts';
import type { Where } from './query/query.ts';
import type { Registry } from './registry.ts';
import type { Settings } from './settings.ts';

/** Who acts: a user of the tenant, a customer, or the system itself. */
export type Identity =
  | { readonly type: 'user'; readonly id: string; readonly admin: boolean }
  | { readonly type: 'subject'; readonly module: 'contacts' | 'accounts'; readonly id: string }
  | { readonly type: 'system' };

/** Everything a rule may know beside records. Nothing here is asked of the machine. */
export interface RuleContext {
  /** RFC 3339 in UTC, with milliseconds. */
  readonly now: string;
  readonly identity: Identity;
  readonly registry: Registry;
  readonly settings: Settings;
  /** Where the change comes from; becomes `source` of new records. */
  readonly source: string;
  newId(): string;
}

/** What rules read: records as they are within the change under way. Deleted ones are absent. */
export interface Reader {
  get(module: string, id: string): Promise<AnyRecord | null>;
  /** At most 1,000 records, ordered by id. */
  find(module: string, where: Where): Promise<readonly AnyRecord[]>;
}

/** One record on its way from what it was to what it will be. Rules look, set, refuse. */
export interface Step {
  readonly module: string;
  readonly id: string;
  /** `person` for what somebody gave, `rule` for what a rule does, else the name of the action. */
  readonly origin: string;
  /** Null when the record is being made. */
  readonly before: AnyRecord | null;
  /** As it will be; reflects every `set` so far. */
  readonly record: AnyRecord;
  readonly read: Reader;
  readonly context: RuleContext;
  changed(field: string): boolean;
  set(field: string, value: unknown): void;
  /** Adds an issue; the change as a whole is then refused. */
  refuse(field: string, code: string, params?: Readonly<Record<string, unknown>>): void;
  /** Changes another record in the same transaction; goes through that module's rules. Unknown ones are left alone. */
  update(module: string, id: string, values: Readonly<Record<string, unknown>>): Promise<void>;
  create(module: string, values: Readonly<Record<string, unknown>>): Promise<AnyRecord>;
  /**
   * Moves another record to the recycle bin with what belongs to it; its rules may forbid that. What one step removes
   * comes back together. Unknown ones are left alone.
   */
  remove(module: string, id: string): Promise<void>;
  /** The other records that this change has made so far, those of rules among them, in order. */
  readonly made: readonly AnyLink[];
}

/** A business rule of a module. Pure: what it needs comes in by the step. */
export interface Rule {
  /** Stable, `deals.lost-needs-reason`: named by refusals and by explanations. */
  readonly id: string;
  /**
   * `fill`: runs before anything is checked, to give what was left out.
   * `delete`: runs before the record goes to the recycle bin, and may forbid it.
   */
  readonly on?: 'fill' | 'delete';
  /** Runs as well when the record comes back from the recycle bin, where others may have taken its place meanwhile. */
  readonly onRestore?: boolean;
  /** Wakes when one of these changed, or on creation; always when absent. */
  readonly when?: readonly string[];
  run(step: Step): void | Promise<void>;
}

/** Something one does to a record beside editing it, with arguments of its own. */
export interface Action {
  readonly id: string;
  /** Arguments, each validated by its field. */
  readonly args: Readonly<Record<string, Field>>;
  /** @returns Facts for the caller, such as the ids that a conversion made. */
  run(step: Step, args: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>>;
}
