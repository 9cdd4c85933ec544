import type { Write } from '@tessera-crm/model/rules/workspace.js';
import { everyUser, people } from '../sql/rights.ts';

/** What of a person's own record decides on what they may see and do, by module. */
const decisive: Readonly<Record<string, ReadonlySet<string>>> = {
  users: new Set(['role', 'profiles', 'groups', 'status', 'isAdmin', 'deletedAt']),
  contacts: new Set(['primaryAccount', 'personAccount', 'portalUser', 'portalSince', 'portalUntil', 'deletedAt']),
  accounts: new Set(['deletedAt']),
};

/** Records that decide on what many users may see and do. */
const decidingOnMany: ReadonlySet<string> = new Set(['roles', 'groups', 'profiles', 'sharingRules']);

/** Whose rights some writes change. Who is new had none before. */
export const raisedBy = (writes: readonly Write[]): readonly string[] => [...new Set(writes.flatMap(raisedByOne))];

const raisedByOne = ({ module, id, before, changed }: Write): readonly string[] => {
  if (decidingOnMany.has(module)) return [everyUser, people];
  const isDecisive = changed.some((field) => decisive[module]?.has(field));
  const own = before !== null && isDecisive ? [`${module}:${id}`] : [];
  if (module !== 'users' || !isDecisive) return own;
  // those above reach what those below own
  return [...own, people, ...(changed.includes('role') ? [everyUser] : [])];
};
