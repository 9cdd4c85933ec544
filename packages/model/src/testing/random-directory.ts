import type { Directory, Group, Member, Party, Role, Sharing } from '../access/directory.ts';
import { levels } from '../access/level.ts';
import type { AnyRecord } from '../module.ts';
import type { Random } from '../random.ts';

/** Ids of those there are. */
export interface Population {
  readonly users: readonly string[];
  readonly roles: readonly string[];
  readonly groups: readonly string[];
}

interface DirectoryOptions {
  /** Whether roles and groups go in circles, as two people may make one at once, and somebody is named who is gone. */
  readonly hasFaults: boolean;
}

const nobody = '0197a000-0000-7000-8000-00000000dead';

const some = <T>(random: Random, most: number, make: () => T): readonly T[] =>
  Array.from({ length: random.integer(0, most) }, make);

const byId = <T>(all: readonly string[], make: (id: string) => T): ReadonlyMap<string, T> =>
  new Map(all.map((id) => [id, make(id)]));

/** Those that stand before one. */
const before = (all: readonly string[], id: string): readonly string[] => all.slice(0, all.indexOf(id));

const randomSharing = (random: Random, party: () => Party): Sharing => ({
  mode: random.pick(['private', 'private', 'read', 'write', 'full', 'record']),
  rules: some(random, 4, () => ({
    from: party(),
    to: party(),
    level: random.pick(levels),
    condition: random.chance(0.4) ? { leadSource: random.pick(conditions) } : null,
  })),
});

/** The people of a tenant, and what they share of accounts and contacts. */
export const randomDirectory = (random: Random, people: Population, { hasFaults }: DirectoryOptions): Directory => {
  const isFaulty = (): boolean => hasFaults && random.chance(0.1);
  const party = (groups = people.groups): Party => {
    const type = random.pick(['user', 'role', 'roleTree', groups.length > 0 ? 'group' : 'user'] as const);
    const all = { user: people.users, role: people.roles, roleTree: people.roles, group: groups };
    return { type, id: isFaulty() ? nobody : random.pick(all[type]) };
  };
  const parentOf = (id: string): string | null => {
    const above = isFaulty() ? people.roles : before(people.roles, id);
    return above.length === 0 || random.chance(0.25) ? null : random.pick(above);
  };
  const member = (): Member => ({
    isAdmin: random.chance(0.05),
    role: random.chance(0.2) ? null : random.pick(people.roles),
    profiles: [],
  });
  const role = (id: string): Role => ({
    parent: parentOf(id),
    profiles: [],
    seesSubordinates: random.chance(0.7),
    seesPeers: random.chance(0.2),
  });
  const group = (id: string): Group => ({
    members: some(random, 3, () => party(hasFaults ? people.groups : before(people.groups, id))),
  });
  const shared = ['accounts', 'contacts'].filter(() => random.chance(0.8));
  return {
    users: byId(people.users, member),
    roles: byId(people.roles, role),
    groups: byId(people.groups, group),
    profiles: new Map(),
    sharing: byId(shared, () => randomSharing(random, party)),
  };
};

/** Values of `leadSource`, by which rules tell records apart. */
const conditions = ['web', 'event'] as const;

/** What decides on who reaches a record. */
export const randomBelonging = (random: Random, { users, groups }: Population): Omit<AnyRecord, 'id' | 'version'> => ({
  owner: random.chance(0.1)
    ? null
    : random.chance(0.75)
      ? { type: 'user', id: random.pick(users) }
      : { type: 'group', id: random.pick(groups) },
  collaborators: random.chance(0.2) ? [...new Set([random.pick(users), random.pick(users)])] : null,
  leadSource: random.pick(conditions),
});
