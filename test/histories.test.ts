import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { findPostgres } from '../tools/postgres.mjs';
import { History, type HistoryOptions } from './histories/history.ts';
import { sabotages } from './histories/sabotage.ts';
import { plainDeeds } from './histories/staff-deeds.ts';
import { openPGlite, openPostgres, type World } from './histories/world.ts';

const skip = findPostgres() === undefined && 'no PostgreSQL is installed';

/** What went wrong, each with what led to it. */
const faultsOf = async (options: HistoryOptions): Promise<string> => {
  const { faults, chronicle } = await new History(options).run();
  return faults.map(({ what, words }) => [what, ...chronicle.about(words)].join('\n  ')).join('\n');
};

describe('whole caches over a real server, while everything fails that can', () => {
  test('lose nothing, double nothing and come to what the server has, on PGlite', async () => {
    const world = await openPGlite();
    try {
      assert.equal(await faultsOf({ world, seed: 1, steps: 6 }), '');
    } finally {
      await world.close();
    }
  });
});

describe('whole caches over two real servers on one PostgreSQL', { skip }, () => {
  let world: World;
  before(async () => {
    world = await openPostgres({ clock: 'counter', connections: 3 });
  });
  after(() => world?.close());

  test('lose nothing, double nothing and come to what the servers have, while everything fails that can', async () => {
    assert.equal(await faultsOf({ world, seed: 2, steps: 10 }), '');
  });

  for (const [what, tamper, noticed] of sabotages)
    test(`are seen to be wrong when ${what}`, async () => {
      const options = { world, seed: 3, deeds: plainDeeds, steps: 5, isCalm: true, patience: 5_000, tamper };
      assert.match(await faultsOf(options), noticed);
    });
});
