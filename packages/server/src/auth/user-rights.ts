import { moduleRights } from '@tessera-crm/model/access/explain.js';
import type { Doing as ModuleDoing } from '@tessera-crm/model/access/profile.js';
import type { Module } from '@tessera-crm/model/module.js';
import type { House } from './directories.ts';
import type { Rights } from './rights.ts';
import type { Doing } from './scope-claims.ts';

/** What claims of tokens and changes say, in the words of profiles. */
export const doingsBy: Readonly<Record<Doing, ModuleDoing>> = {
  read: 'view',
  create: 'create',
  edit: 'edit',
  delete: 'delete',
  act: 'edit',
};

/** Who works here is known to everybody who does: records name their owners. */
const open: readonly string[] = ['users', 'groups', 'roles'];

/** What a user who does not administer may do with a module: what their profiles say, with the records they reach. */
export const userRights = (module: Module, user: string, { directory, scopesOf }: House): Rights => {
  const rights = moduleRights(directory, user, module.key);
  const isOpen = open.includes(module.key);
  const names = Object.keys(module.fields);
  const fields = rights?.fields ?? new Map();
  const those = (isAllowed: (access: string) => boolean): ReadonlySet<string> | null =>
    fields.size === 0 ? null : new Set(names.filter((name) => isAllowed(fields.get(name) ?? 'write')));
  const read = those((access) => access !== 'hidden');
  const write = those((access) => access === 'write');
  return {
    may: (doing) => rights === null || (doing === 'read' && isOpen) || rights.doings.has(doingsBy[doing]),
    read,
    create: write,
    edit: write,
    actions: null,
    where: null,
    ...(!isOpen && { reach: (level) => scopesOf(user).of(module, level) }),
    forced: {},
    history: read === null,
    bin: rights === null || rights.doings.has('delete'),
  };
};
