import { heldLinks } from '@tessera-crm/model/held-links.js';
import type { AnyRecord, Module } from '@tessera-crm/model/module.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import { sql, type RawBuilder } from 'kysely';
import type { Statement } from '../database/database.ts';
import { house } from './compiler.ts';
import { lockClauses, type Lock } from './select.ts';
import { shapeOf } from './shape.ts';

/** The records to which something is linked anew, by module: they must be there when it is committed. */
export type Targets = ReadonlyMap<Module, ReadonlySet<string>>;

export const noTargets: Targets = new Map();

interface Linking {
  readonly module: Module;
  readonly after: AnyRecord;
  /** The fields that differ. */
  readonly changed: Iterable<string>;
}

export const targetsOf = (writes: Iterable<Linking>, registry: Registry): Targets => {
  const targets = new Map<Module, Set<string>>();
  for (const { module, after, changed } of writes) {
    for (const field of changed) {
      if ((after[field] ?? null) === null) continue;
      for (const link of heldLinks(module.fields[field]!, after[field])) {
        const target = registry.find(link.module);
        if (target) targets.set(target, (targets.get(target) ?? new Set()).add(link.id));
      }
    }
  }
  return targets;
};

/** Several in one. */
export const united = (all: readonly Targets[]): Targets => {
  const [only = noTargets, ...more] = all.filter((targets) => targets.size > 0);
  if (more.length === 0) return only;
  const targets = new Map<Module, Set<string>>();
  for (const one of [only, ...more])
    for (const [module, ids] of one) targets.set(module, new Set([...(targets.get(module) ?? []), ...ids]));
  return targets;
};

const living = (module: Module, ids: Iterable<string>, tenant: string): RawBuilder<unknown> =>
  sql`select id from ${sql.raw(shapeOf(module).view)} where tenant_id = ${tenant} and id = any(${[...ids]}::uuid[]) and deleted_at is null order by id`;

/** Locks records that are not deleted; a row answers for each. */
export const lockLiving = (module: Module, ids: Iterable<string>, { tenant, lock }: LockOptions): Statement =>
  sql`${living(module, ids, tenant)} ${sql.raw(lockClauses[lock])}`.compile(house);

export interface LockOptions {
  readonly tenant: string;
  readonly lock: Lock;
}

/** What a statement that writes everything at once needs so that it writes nothing when a target is gone. */
export interface Guard {
  /** Comes behind `with`, before the statement's own parts; empty when there are no targets. */
  readonly parts: RawBuilder<unknown>;
  /** Comes behind the condition of the write. */
  readonly condition: RawBuilder<unknown>;
}

const nothing = sql``;

/**
 * Whoever deletes a target has it locked already: then this statement waits for the end, and sees what became of it. Or
 * this statement was first: then the other one waits, and finds the new link.
 */
export const guardOf = (targets: Targets, tenant: string): Guard => {
  const named = [...targets]
    .toSorted(([a], [b]) => (a.key < b.key ? -1 : 1))
    .map(([module, ids], index) => ({ module, ids, name: sql.raw(`target_${index}`) }));
  if (named.length === 0) return { parts: nothing, condition: nothing };
  const parts = named.map(
    ({ module, ids, name }) => sql`${name} as (${living(module, ids, tenant)} ${sql.raw(lockClauses.stay)}), `,
  );
  const conditions = named.map(({ ids, name }) => sql` and (select count(*) from ${name}) = ${ids.size}`);
  return { parts: sql.join(parts, nothing), condition: sql.join(conditions, nothing) };
};
