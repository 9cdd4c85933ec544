import type { Module } from '@tessera-crm/model/module.js';
import type { Access } from './access.ts';
import type { Identity } from '@tessera-crm/model/rule.js';
import type { Directories, House } from './directories.ts';
import { portalRights } from './portal-rights.ts';
import { everyRight, type Policy, type Rights } from './rights.ts';
import { isInScope } from './scope-claims.ts';
import { userRights } from './user-rights.ts';

/**
 * What an access may do, module by module; null when nothing is held back, so that nothing needs checking. A customer
 * gets what portals allow, a user what their profiles allow and roles and sharing reach, and every token at most what its
 * claims say.
 *
 * @param house - Null where neither profiles nor sharing hold users back.
 */
export const policyOf = (
  { identity, scope, fieldPolicy }: Pick<Access, 'identity' | 'scope' | 'fieldPolicy'>,
  house: House | null = null,
): Policy | null => {
  const most = mostOf(identity, house);
  if (most === null && scope === null && fieldPolicy === null) return null;
  const kept = new Map<Module, Rights | null>();
  return (module) => {
    let rights = kept.get(module);
    if (rights === undefined) {
      const given = most ? most(module) : everyRight;
      kept.set(module, (rights = given && narrowed(given, module, { scope, fieldPolicy })));
    }
    return rights;
  };
};

/** Whether somebody works here and does not administer: profiles, roles and sharing hold nobody else. */
export const isStaff = (identity: Identity): identity is Identity & { readonly type: 'user' } =>
  identity.type === 'user' && !identity.admin;

const mostOf = (identity: Identity, house: House | null): Policy | null => {
  if (identity.type === 'subject') return (module) => portalRights(module, identity);
  return isStaff(identity) && house ? (module) => userRights(module, identity.id, house) : null;
};

/** What accesses may do as things are now: what is read under it is not to be told under an older number of rights. */
export class Policies {
  readonly #directories: Directories;

  constructor(directories: Directories) {
    this.#directories = directories;
  }

  async of(access: Access): Promise<Policy | null> {
    return policyOf(access, isStaff(access.identity) ? await this.#directories.of(access.tenant) : null);
  }
}

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
