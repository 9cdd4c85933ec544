import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { RecordMap } from '../memory/record-map.ts';
import type { AnyRecord, Module } from '../module.ts';
import { accounts } from '../modules/parties/accounts.ts';
import { contacts } from '../modules/parties/contacts.ts';
import { matches } from '../query/matches.ts';
import type { QueryContext } from '../query/query-context.ts';
import { seededRandom, type Random } from '../random.ts';
import { Registry } from '../registry.ts';
import type { Directory, Group, Member, Party, Role, Sharing } from './directory.ts';
import { levels, reaches, type Level } from './level.ts';
import { People } from './people.ts';
import { Scopes } from './scope.ts';

const registry = new Registry([accounts, contacts]);

const context: QueryContext = {
  registry,
  now: '2026-06-15T10:00:00.000Z',
  timeZone: 'Europe/Rome',
  weekStart: 1,
  fiscalYearStart: 1,
  me: null,
};

const ids = (kind: string, count: number): readonly string[] => Array.from({ length: count }, (_, n) => `${kind}${n}`);

const [users, roles, groups] = [ids('u', 8), ids('r', 6), ids('g', 4)];

const parties: Readonly<Record<Party['type'], readonly string[]>> = {
  user: users,
  role: roles,
  roleTree: roles,
  group: groups,
};

const randomParty = (random: Random): Party => {
  const type = random.pick(['user', 'role', 'roleTree', 'group'] as const);
  // somebody who is no longer there
  return { type, id: random.chance(0.05) ? 'nobody' : random.pick(parties[type]) };
};

const some = <T>(random: Random, most: number, make: () => T): readonly T[] =>
  Array.from({ length: random.integer(0, most) }, make);

const byId = <T>(all: readonly string[], make: (id: string) => T): ReadonlyMap<string, T> =>
  new Map(all.map((id) => [id, make(id)]));

const randomSharing = (random: Random): Sharing => ({
  mode: random.pick(['private', 'private', 'read', 'write', 'full', 'record']),
  rules: some(random, 4, () => ({
    from: randomParty(random),
    to: randomParty(random),
    level: random.pick(levels),
    condition: random.chance(0.4) ? { source: random.pick(['ui', 'api']) } : null,
  })),
});

/** Roles and groups that go in circles are among them: two people may make one at once. */
const randomDirectory = (random: Random): Directory => ({
  users: byId(users, (): Member => ({
    isAdmin: random.chance(0.05),
    role: random.chance(0.2) ? null : random.pick(roles),
    profiles: [],
  })),
  roles: byId(roles, (id): Role => ({
    parent: random.chance(0.25)
      ? null
      : random.pick(random.chance(0.1) ? roles : roles.filter((other) => other < id).concat('r0')),
    profiles: [],
    seesSubordinates: random.chance(0.7),
    seesPeers: random.chance(0.2),
  })),
  groups: byId(groups, (): Group => ({ members: some(random, 3, () => randomParty(random)) })),
  profiles: new Map(),
  sharing: new Map(
    ['accounts', 'contacts'].filter(() => random.chance(0.8)).map((key) => [key, randomSharing(random)]),
  ),
});

const randomOwner = (random: Random): { readonly type: string; readonly id: string } =>
  random.chance(0.75) ? { type: 'user', id: random.pick(users) } : { type: 'group', id: random.pick(groups) };

const randomRecord = (random: Random, id: string, links: Readonly<Record<string, unknown>>): AnyRecord => ({
  id,
  version: 1,
  owner: random.chance(0.1) ? null : randomOwner(random),
  collaborators: random.chance(0.2) ? [random.pick(users), random.pick(users)] : null,
  source: random.pick(['ui', 'api']),
  deletedAt: random.chance(0.1) ? context.now : null,
  ...links,
});

const randomRecords = (random: Random): RecordMap => {
  const memory = new RecordMap(registry);
  for (const id of ids('a', 6)) memory.put('accounts', randomRecord(random, id, {}));
  for (const id of ids('c', 12))
    memory.put('contacts', randomRecord(random, id, { primaryAccount: random.pick([null, ...ids('a', 6)]) }));
  return memory;
};

/** What CATALOGUE E-04 says, told once more for one record and one person, as plainly as can be. */
class Oracle {
  readonly #directory: Directory;
  readonly #memory: RecordMap;

  constructor(directory: Directory, memory: RecordMap) {
    this.#directory = directory;
    this.#memory = memory;
  }

  reaches(user: string, module: string, record: AnyRecord, wanted: Level): boolean {
    const { users: all, sharing } = this.#directory;
    const member = all.get(user)!;
    if (member.isAdmin) return true;
    const owner = record['owner'] as { readonly type: string; readonly id: string } | null;
    if (owner?.type === 'user' && owner.id === user) return true;
    if (owner?.type === 'group' && this.#isAmong({ type: 'group', id: owner.id }, `user:${user}`)) return true;
    if (wanted !== 'full' && ((record['collaborators'] ?? []) as readonly string[]).includes(user)) return true;
    const { mode, rules } = sharing.get(module) ?? { mode: 'full', rules: [] };
    if (wanted === 'read' && module === 'contacts' && this.#readsParent(user, record)) return true;
    if (mode === 'record') return false;
    if (mode !== 'private' && reaches(mode, wanted)) return true;
    if (owner?.type === 'user' && this.#isAbove(user, owner.id)) return true;
    if (wanted === 'read' && owner?.type === 'user' && this.#isPeer(user, owner.id)) return true;
    return rules.some(
      ({ from, to, level, condition }) =>
        reaches(level, wanted) &&
        owner !== null &&
        this.#isAmong(from, `${owner.type}:${owner.id}`) &&
        this.#isAmong(to, `user:${user}`) &&
        (condition === null || condition['source'] === record['source']),
    );
  }

  #readsParent(user: string, record: AnyRecord): boolean {
    const parent = this.#memory.get('accounts', record['primaryAccount'] as string);
    return parent !== undefined && this.reaches(user, 'accounts', parent, 'read');
  }

  #roleOf(user: string): string | null {
    return this.#directory.users.get(user)?.role ?? null;
  }

  #isAbove(user: string, owner: string): boolean {
    const [mine, theirs] = [this.#roleOf(user), this.#roleOf(owner)];
    if (mine === null || theirs === null || mine === theirs) return false;
    return this.#directory.roles.get(mine)!.seesSubordinates && this.#isUnder(theirs, mine);
  }

  #isPeer(user: string, owner: string): boolean {
    const role = this.#roleOf(user);
    return role !== null && role === this.#roleOf(owner) && this.#directory.roles.get(role)!.seesPeers;
  }

  /** Whether a role is another one, or stands anywhere below it. */
  #isUnder(role: string, above: string, walked: readonly string[] = []): boolean {
    if (role === above) return true;
    const parent = this.#directory.roles.get(role)?.parent ?? null;
    return parent !== null && !walked.includes(role) && this.#isUnder(parent, above, [...walked, role]);
  }

  #isAmong({ type, id }: Party, who: string, walked: readonly string[] = []): boolean {
    const user = who.startsWith('user:') ? who.slice('user:'.length) : undefined;
    const role = user === undefined ? null : this.#roleOf(user);
    if (type === 'user') return user === id;
    if (type === 'role') return role === id;
    if (type === 'roleTree') return role !== null && this.#isUnder(role, id);
    if (walked.includes(id)) return false;
    const group = this.#directory.groups.get(id);
    if (!group) return false;
    return who === `group:${id}` || group.members.some((member) => this.#isAmong(member, who, [...walked, id]));
  }
}

interface World {
  readonly directory: Directory;
  readonly memory: RecordMap;
  readonly scopesOf: (user: string) => Scopes;
}

const randomWorld = (seed: number): World => {
  const random = seededRandom(seed);
  const directory = randomDirectory(random);
  const people = new People(directory);
  const scopesOf = (user: string): Scopes => new Scopes(user, { directory, people, context });
  return { directory, memory: randomRecords(random), scopesOf };
};

const modules: readonly Module[] = [accounts, contacts];

describe('the records that somebody reaches', () => {
  it('are those that the rules give, one by one, at every level', () => {
    let [reached, missed] = [0, 0];
    fc.assert(
      fc.property(fc.integer({ min: 0 }), (seed) => {
        const { directory, memory, scopesOf } = randomWorld(seed);
        const oracle = new Oracle(directory, memory);
        for (const user of users) {
          const scopes = scopesOf(user);
          for (const module of modules)
            for (const level of levels) {
              const filter = scopes.of(module, level);
              for (const record of memory.all(module.key)) {
                const wanted = oracle.reaches(user, module.key, record, level);
                assert.equal(matches(module, record, filter, memory), wanted, `${user} ${level} ${record.id}`);
                if (wanted) reached++;
                else missed++;
              }
            }
        }
      }),
      { numRuns: 300 },
    );
    assert.ok(Math.min(reached, missed) > 10_000, 'both happen often');
  });

  it('are never more at a higher level', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0 }), (seed) => {
        const { memory, scopesOf } = randomWorld(seed);
        for (const user of users)
          for (const module of modules) {
            const [read, write, full] = levels.map((level) => scopesOf(user).of(module, level));
            for (const record of memory.all(module.key)) {
              const [reads, writes, owns] = [read!, write!, full!].map((one) => matches(module, record, one, memory));
              assert.ok((reads || !writes) && (writes || !owns));
            }
          }
      }),
      { numRuns: 50 },
    );
  });
});
