import { randomBytes } from 'node:crypto';
import { uuid7 } from '@tessera-crm/model/id.js';
import type { Random } from '@tessera-crm/model/random.js';

/** As large as a house gets: 200 roles, 1,000 users, 50 groups, 30 rules. */
const sizes = { roles: 200, users: 1_000, groups: 50, rules: 30 };

const everything = ['view', 'create', 'edit', 'delete', 'export', 'import', 'massUpdate', 'merge', 'print'];

export interface House {
  readonly key: string;
  /** Tokens, by what somebody is there. */
  readonly people: Readonly<Record<'seller' | 'manager' | 'stranger', string>>;
}

interface Made {
  readonly module: string;
  readonly id: string;
  readonly values: object;
}

const newId = (): string => uuid7(Date.now(), randomBytes(10));

const idsOf = (count: number): readonly string[] => Array.from({ length: count }, newId);

/** Makes roles, users, groups, rules and contacts of theirs, private ones. */
export const furnish = async (
  address: string,
  key: string,
  { contacts, random }: { readonly contacts: number; readonly random: Random },
): Promise<House> => {
  const post = async (path: string, body: unknown): Promise<unknown> => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const answer = await fetch(`${address}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(text);
    return JSON.parse(text) as unknown;
  };
  const make = async (all: readonly Made[]): Promise<void> => {
    for (let start = 0; start < all.length; start += 500)
      await post('/v1/changes', { changes: all.slice(start, start + 500).map((one) => ({ op: 'create', ...one })) });
  };
  const [roles, users, groups] = [idsOf(sizes.roles), idsOf(sizes.users), idsOf(sizes.groups)];
  const profile = newId();
  const parentOf = (index: number): string | null => (index === 0 ? null : roles[Math.floor((index - 1) / 4)]!);
  // the last one of all is in no group, and stands in a role of their own
  const stranger = users.at(-1)!;
  await make([
    { module: 'profiles', id: profile, values: { name: 'Everything', otherModules: everything } },
    ...roles.map((id, index) => ({ module: 'roles', id, values: { name: `Role ${index}`, parent: parentOf(index) } })),
    ...users.map((id, index) => ({
      module: 'users',
      id,
      values: {
        name: { last: `User ${index}` },
        email: `u${index}@crm.test`,
        profiles: [profile],
        ...(id !== stranger && { role: roles[index % sizes.roles] }),
      },
    })),
    ...groups.map((id, index) => ({
      module: 'groups',
      id,
      values: {
        name: `Group ${index}`,
        members: Array.from({ length: 10 }, () => ({ module: 'users', id: random.pick(users.slice(0, -1)) })),
      },
    })),
  ]);
  const rules = Array.from({ length: sizes.rules }, (_, index) => ({
    from: { module: 'roles', id: random.pick(roles) },
    fromBelow: false,
    to: { module: 'groups', id: groups[index % sizes.groups] },
    toBelow: false,
    access: 'read',
    condition: index % 3 === 0 ? { leadSource: 'web' } : null,
  }));
  await make([{ module: 'sharingRules', id: newId(), values: { module: 'contacts', default: 'private', rules } }]);
  await make(
    Array.from({ length: contacts }, (_, index) => ({
      module: 'contacts',
      id: newId(),
      values: {
        name: { last: `Rossi ${index}` },
        leadSource: random.pick(['web', 'event', 'fair']),
        owner: random.chance(0.1)
          ? { type: 'group', id: random.pick(groups) }
          : { type: 'user', id: random.pick(users.slice(0, -1)) },
      },
    })),
  );
  const tokenOf = async (user: string): Promise<string> =>
    ((await post('/v1/sessions', { user })) as { readonly token: string }).token;
  const [seller, manager] = [users[sizes.roles - 1]!, users[1]!];
  return {
    key,
    people: { seller: await tokenOf(seller), manager: await tokenOf(manager), stranger: await tokenOf(stranger) },
  };
};
