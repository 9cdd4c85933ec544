import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import { createTestPostgres, dropTestPostgres } from '../../packages/server/src/testing/test-database.ts';
import { Board } from './support/board.ts';
import { openBrowser, Person } from './support/person.ts';
import { Site } from './support/site.ts';
import { eventually, settle, stageOf } from './support/world.ts';

const hasPostgres = Boolean(process.env['TEST_DATABASE_URL']);

const engines = [
  { name: 'the embedded database', isPostgres: false, skip: false },
  { name: 'PostgreSQL', isPostgres: true, skip: hasPostgres ? false : 'TEST_DATABASE_URL names no PostgreSQL' },
];

/** Writes tags until the server is gone. @returns The names that it said it has. */
const writeUntilGone = async (site: Site): Promise<readonly string[]> => {
  const kept: string[] = [];
  for (let number = 1; number <= 5_000; number++) {
    const name = `Restart ${number}`;
    try {
      await site.api('POST', 'tags', { name });
    } catch {
      return kept;
    }
    kept.push(name);
  }
  return kept;
};

describe('a server that is killed while people work', () => {
  for (const { name, isPostgres, skip } of engines)
    test(`loses nothing that it had acknowledged, on ${name}`, { skip }, async () => {
      const postgres = isPostgres ? await createTestPostgres() : undefined;
      const site = await Site.open(postgres && { databaseUrl: postgres.url });
      const browser = await openBrowser();
      try {
        const world = await settle(site);
        const person = await Person.sit(browser);
        await person.page.goto(`${site.address}/examples/intranet/`);
        const board = new Board(person.page);
        await board.search();
        await board.carry('ArrowRight');
        await eventually('it moved', async () => (await stageOf(site, world.deal)) === 'Qualificata');

        const writing = writeUntilGone(site);
        await new Promise((resolve) => setTimeout(resolve, 700));
        await site.kill();
        const kept = await writing;
        assert.ok(kept.length > 0, 'nothing was written before the end');
        // the person goes on meanwhile
        await board.carry('ArrowRight');
        await board.cardIn('Analisi esigenze').waitFor();

        await site.start();
        for (const one of kept) {
          const { records } = await site.api<{ records: unknown[] }>('POST', 'tags/query', { where: { name: one } });
          assert.equal(records.length, 1, `${one} was acknowledged and is gone`);
        }
        await eventually('what was done meanwhile arrived', async () => {
          return (await stageOf(site, world.deal)) === 'Analisi esigenze';
        });
        await person.leave();
      } finally {
        await browser.close();
        await site.close();
        if (postgres) await dropTestPostgres(postgres.url);
      }
    });
});
