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
import { AccessOracle } from '../testing/access-oracle.ts';
import { randomBelonging, randomDirectory } from '../testing/random-directory.ts';
import type { Directory } from './directory.ts';
import { levels } from './level.ts';
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

const people = { users: ids('u', 8), roles: ids('r', 6), groups: ids('g', 4) };

const randomRecord = (random: Random, id: string, links: Readonly<Record<string, unknown>>): AnyRecord => ({
  id,
  version: 1,
  ...randomBelonging(random, people),
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

interface World {
  readonly directory: Directory;
  readonly memory: RecordMap;
  readonly scopesOf: (user: string) => Scopes;
}

const randomWorld = (seed: number): World => {
  const random = seededRandom(seed);
  const directory = randomDirectory(random, people, { hasFaults: true });
  const options = { directory, people: new People(directory), context };
  const scopesOf = (user: string): Scopes => new Scopes(user, options);
  return { directory, memory: randomRecords(random), scopesOf };
};

const modules: readonly Module[] = [accounts, contacts];

describe('the records that somebody reaches', () => {
  it('are those that the rules give, one by one, at every level', () => {
    let [reached, missed] = [0, 0];
    fc.assert(
      fc.property(fc.integer({ min: 0 }), (seed) => {
        const { directory, memory, scopesOf } = randomWorld(seed);
        const oracle = new AccessOracle(directory, memory);
        for (const user of people.users) {
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
        for (const user of people.users)
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
