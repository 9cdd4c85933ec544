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

interface Population {
  readonly roles: readonly string[];
  readonly users: readonly string[];
  readonly groups: readonly string[];
  /** In no role and no group, and owns nothing. */
  readonly stranger: string;
}

const population = (): Population => {
  const [roles, users, groups] = [idsOf(sizes.roles), idsOf(sizes.users), idsOf(sizes.groups)];
  return { roles, users, groups, stranger: newId() };
};

const peopleOf = ({ roles, users, groups, stranger }: Population, random: Random): readonly Made[] => {
  const profile = newId();
  const parentOf = (index: number): string | null => (index === 0 ? null : roles[Math.floor((index - 1) / 4)]!);
  const user = (id: string, index: number): Made => {
    const role = id === stranger ? null : roles[index % roles.length];
    const values = { name: { last: `User ${index}` }, email: `u${index}@crm.test`, profiles: [profile], role };
    return { module: 'users', id, values };
  };
  const group = (id: string, index: number): Made => {
    const members = Array.from({ length: 10 }, () => ({ module: 'users', id: random.pick(users) }));
    return { module: 'groups', id, values: { name: `Group ${index}`, members } };
  };
  return [
    { module: 'profiles', id: profile, values: { name: 'Everything', otherModules: everything } },
    ...roles.map((id, index) => ({ module: 'roles', id, values: { name: `Role ${index}`, parent: parentOf(index) } })),
    ...[...users, stranger].map(user),
    ...groups.map(group),
  ];
};

const sharingOf = ({ roles, groups }: Population, random: Random): Made => {
  const rules = Array.from({ length: sizes.rules }, (_, index) => ({
    from: { module: 'roles', id: random.pick(roles) },
    fromBelow: false,
    to: { module: 'groups', id: groups[index % groups.length] },
    toBelow: false,
    access: 'read',
    condition: index % 3 === 0 ? { leadSource: 'web' } : null,
  }));
  return { module: 'sharingRules', id: newId(), values: { module: 'contacts', default: 'private', rules } };
};

const contactsOf = ({ users, groups }: Population, count: number, random: Random): readonly Made[] =>
  Array.from({ length: count }, (_, index) => {
    const owner = random.chance(0.1)
      ? { type: 'group', id: random.pick(groups) }
      : { type: 'user', id: random.pick(users) };
    const leadSource = random.pick(['web', 'event', 'fair']);
    return { module: 'contacts', id: newId(), values: { name: { last: `Rossi ${index}` }, leadSource, owner } };
  });

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
  const all = population();
  const made = [...peopleOf(all, random), sharingOf(all, random), ...contactsOf(all, contacts, random)];
  for (let start = 0; start < made.length; start += 500)
    await post('/v1/changes', { changes: made.slice(start, start + 500).map((one) => ({ op: 'create', ...one })) });
  const tokenOf = async (user: string): Promise<string> =>
    ((await post('/v1/sessions', { user })) as { readonly token: string }).token;
  const [seller, manager, stranger] = await Promise.all(
    [all.users[sizes.roles - 1]!, all.users[1]!, all.stranger].map(tokenOf),
  );
  return { key, people: { seller: seller!, manager: manager!, stranger: stranger! } };
};
