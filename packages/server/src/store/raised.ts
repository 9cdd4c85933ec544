import type { Write } from '@tessera-crm/model/rules/workspace.js';

/** What of a person's own record decides on what they may see and do, by module. */
const decisive: Readonly<Record<string, ReadonlySet<string>>> = {
  users: new Set(['role', 'profiles', 'groups', 'status', 'isAdmin', 'deletedAt']),
  contacts: new Set(['primaryAccount', 'personAccount', 'portalUser', 'portalSince', 'portalUntil', 'deletedAt']),
  accounts: new Set(['deletedAt']),
};

/** Whose rights some writes change. Who is new had none before. */
export const raisedBy = (writes: readonly Write[]): readonly string[] => [
  ...new Set(
    writes
      .filter(({ module, before, changed }) => before !== null && changed.some((field) => decisive[module]?.has(field)))
      .map(({ module, id }) => `${module}:${id}`),
  ),
];
