// The public page: what a CRM is, and what its rules say. Everything else is a sub-path of its own, so that a page pays
// for what it uses: one module (`modules/sales/deals.js`), one kind (`kinds/money.js`), one formatter (`format/name.js`),
// the labels of a language (`locales/it.js`), the tests that a store must pass (`testing/store-suite.js`).

export { errorCodes } from './error-codes.ts';
export { CrmError, isCrmError, type ErrorCode, type ErrorFacts, type Issue } from './errors.ts';
export { invalid } from './invalid.ts';
export { isId, uuid7, type Id } from './id.ts';

export { act, create, remove, update, type Change } from './change.ts';
export type { Outgoing, OutgoingState, Refused, WaitingChanges } from './outgoing.ts';
export type { OutgoingFile, SavedChange, SavedChanges } from './outgoing-file.ts';
export type { Applied, ApplyOptions, CallOptions, Observer, Store } from './store.ts';
export type { DraftOf, IdOf, ModuleKey, PatchOf, RecordOf } from './records.ts';
export type {
  Aggregate,
  Bucket,
  Group,
  Included,
  Page,
  PageOf,
  Query,
  QueryOf,
  Where,
  WhereOf,
} from './query/query.ts';

export { defineModule, type AnyRecord, type Fields, type Module, type Portal, type Relation } from './module.ts';
export { Registry } from './registry.ts';
export { builtIn, builtInRegistry, type Modules } from './modules/built-in.ts';
export { moduleToJson, reviveModule, type ModuleDefinition } from './definition.ts';
export { recordSchema, valuesSchema } from './schema.ts';

export {
  field,
  plainReading,
  type Control,
  type Display,
  type Domain,
  type Field,
  type FieldOptions,
  type Kind,
  type Reading,
} from './kind.ts';
export type { Money } from './kinds/money.ts';

export type { Action, Identity, Reader, Rule, RuleContext, Step } from './rule.ts';
export { defaultSettings, type Settings } from './settings.ts';
export { apply, type ApplyContext, type Outcome } from './rules/apply.ts';
export { matches } from './query/matches.ts';
export { planQuery, type Plan } from './query/plan.ts';
export { runPlan } from './query/run.ts';
export { fromSearchParams, toSearchParams } from './query/url.ts';
