import type { Id } from './id.ts';
import type { AnyRecord, DraftOfModule, PatchOfModule, RecordOfModule } from './module.ts';
import type { Modules } from './modules/built-in.ts';

/** The built-in modules by key; a tenant's own modules are known at run time only. */
export type ModuleKey = keyof Modules;

/** A stored record of the module with this key. */
export type RecordOf<K extends string> = K extends ModuleKey ? RecordOfModule<Modules[K]> : AnyRecord;

export type DraftOf<K extends string> = K extends ModuleKey
  ? DraftOfModule<Modules[K]>
  : Readonly<Record<string, unknown>>;

export type PatchOf<K extends string> = K extends ModuleKey
  ? PatchOfModule<Modules[K]>
  : Readonly<Record<string, unknown>>;

export type IdOf<K extends string> = K extends ModuleKey ? Id<K> : string;
