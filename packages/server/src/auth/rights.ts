import type { Module } from '@tessera-crm/model/module.js';
import type { Level } from '@tessera-crm/model/access/level.js';
import type { Filter } from '@tessera-crm/model/query/filter.js';
import type { Where } from '@tessera-crm/model/query/query.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import type { Doing } from './scope-claims.ts';

/** What an identity may do with the records of one module. Null stands for "all of them", wherever it stands. */
export interface Rights {
  readonly may: (doing: Doing) => boolean;
  /** The fields whose values leave the server, and by which one may filter, sort, group and search. */
  readonly read: ReadonlySet<string> | null;
  readonly create: ReadonlySet<string> | null;
  readonly edit: ReadonlySet<string> | null;
  readonly actions: ReadonlySet<string> | null;
  /** The records that exist for this identity. */
  readonly where: Where | null;
  /** How far it reaches into which records, where roles and sharing say so; the store holds it to that. */
  readonly reach?: (level: Level) => Filter;
  /** What new records hold whether it was given or not. */
  readonly forced: Readonly<Record<string, unknown>>;
  /** Whether versions of the past may be read, with everything that was in them. */
  readonly history: boolean;
  /** Whether the recycle bin may be seen and emptied into. */
  readonly bin: boolean;
}

/** Nothing is held back. */
export const everyRight: Rights = {
  may: () => true,
  read: null,
  create: null,
  edit: null,
  actions: null,
  where: null,
  forced: {},
  history: true,
  bin: true,
};

/** The rights by module; null for a module that does not exist for this identity. */
export type Policy = (module: Module) => Rights | null;

export const canRead = ({ read }: Rights, field: string): boolean => read === null || read.has(field);

/** Whether nothing is held back: every record with every field. */
export const isUnlimited = ({ read, where, reach }: Rights): boolean => read === null && where === null && !reach;

/** Whether the store has to hold an identity to records of its own. */
export const isHeld = (policy: Policy, registry: Registry): boolean =>
  registry.all.some((module) => {
    const rights = policy(module);
    return rights === null || rights.where !== null || rights.reach !== undefined;
  });
