import type { Module } from '@tessera-crm/model/module.js';
import type { Access } from './access.ts';
import { portalRights } from './portal-rights.ts';
import type { Policy, Rights } from './rights.ts';
import { isInScope } from './scope-claims.ts';

const everything: Rights = {
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

/**
 * What an access may do, module by module; null when nothing is held back, so that nothing needs checking.
 * A customer gets what portals allow, and every token at most what its claims say.
 */
export const policyOf = ({ identity, scope, fieldPolicy }: Access): Policy | null => {
  if (identity.type !== 'subject' && scope === null && fieldPolicy === null) return null;
  const kept = new Map<Module, Rights | null>();
  return (module) => {
    let rights = kept.get(module);
    if (rights === undefined) {
      const most = identity.type === 'subject' ? portalRights(module, identity) : everything;
      kept.set(module, (rights = most && narrowed(most, module, { scope, fieldPolicy })));
    }
    return rights;
  };
};

const narrowed = (
  most: Rights,
  { key }: Module,
  { scope, fieldPolicy }: Pick<Access, 'scope' | 'fieldPolicy'>,
): Rights => {
  const fields = fieldPolicy && Object.hasOwn(fieldPolicy, key) ? fieldPolicy[key] : undefined;
  const read = fields && new Set(fields.filter((field) => most.read === null || most.read.has(field)));
  return {
    ...most,
    may: (doing) => most.may(doing) && isInScope(scope, key, doing),
    ...(read && { read, history: false }),
  };
};
