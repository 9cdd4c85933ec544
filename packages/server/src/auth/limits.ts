import { CrmError } from '@tessera-crm/model/errors.js';
import { nothing, everything, type Filter } from '@tessera-crm/model/query/filter.js';
import { parseWhere } from '@tessera-crm/model/query/parse-where.js';
import type { QueryContext } from '@tessera-crm/model/query/query-context.js';
import { levelFor } from '@tessera-crm/model/access/explain.js';
import type { Module } from '@tessera-crm/model/module.js';
import type { Limits } from '../store/context.ts';
import type { Policy } from './rights.ts';
import type { Doing } from './scope-claims.ts';
import { doingsBy } from './user-rights.ts';

const doingOf = {
  create: 'create',
  update: 'edit',
  delete: 'delete',
  restore: 'delete',
  act: 'act',
} as const satisfies Record<string, Doing>;

/**
 * The same policy once more as the store's own limits: the store ANDs them into every statement and looks again
 * within the transaction, so that nothing slips through between a check and what it was for.
 */
export const limitsOf = (policy: Policy, context: QueryContext): Limits => {
  const filters = new Map<Module, Filter>();
  const filterOf = (module: Module): Filter => {
    const rights = policy(module);
    if (!rights) return nothing;
    if (rights.reach) return rights.reach('read');
    return rights.where === null ? everything : parseWhere(module, rights.where, context);
  };
  return {
    scope: (module) => {
      let filter = filters.get(module);
      if (!filter) filters.set(module, (filter = filterOf(module)));
      return filter;
    },
    writable: ({ op }, module) => {
      const reach = policy(module)?.reach;
      const level = levelFor[doingsBy[doingOf[op]]];
      return reach && level ? reach(level) : null;
    },
    mayHandOver: (module) => policy(module)?.reach !== undefined,
    mayWrite: ({ op }, module) => {
      if (!policy(module)?.may(doingOf[op]))
        throw new CrmError('forbidden', `This identity may not ${doingOf[op]} ${module.key}.`, { reason: 'scope' });
    },
  };
};
