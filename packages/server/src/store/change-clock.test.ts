import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import type { ChangeEvent } from '@tessera-crm/model/protocol/events.js';
import { seededRandom } from '@tessera-crm/model/random.js';
import type { Database } from '../database/database.ts';
import { changeClocks } from '../sql/change-clock.ts';
import { settleClock } from '../sql/settle-clock.ts';
import { engines } from '../testing/test-database.ts';
import { ChangeFeed } from './feed.ts';
import { SqlStore } from './sql-store.ts';
import { addTenant } from './tenants.ts';

const writers = 12;
const batchesPerWriter = 15;
/** Milliseconds for which a transaction may dawdle before each of its statements. */
const dawdling = 8;
/** Of a hundred transactions, how many fail at their end. */
const failing = 10;

const bindAll = (database: Database): Database => ({
  engine: database.engine,
  single: database.single,
  clock: database.clock,
  run: (...args) => database.run(...args),
  transaction: (...args) => database.transaction(...args),
  reading: (...args) => database.reading(...args),
  admin: (...args) => database.admin(...args),
  maintain: (...args) => database.maintain(...args),
  close: () => database.close(),
});

/** Transactions that take their time, so that they overlap, and some of which fail when all is written. */
const troubled = (database: Database, seed: number): Database => {
  const random = seededRandom(seed);
  return {
    ...bindAll(database),
    transaction: (tenant, work) =>
      database.transaction(tenant, async (connection) => {
        const result = await work({
          run: async (statement) => {
            await sleep(random.integer(0, dawdling));
            return connection.run(statement);
          },
        });
        await sleep(random.integer(0, dawdling));
        if (random.integer(1, 100) <= failing) throw new Error('undone');
        return result;
      }),
  };
};

const isUndone = (error: unknown): boolean =>
  error instanceof Error && (error.message === 'undone' || isUndone(error.cause));

/** The same database by another clock. */
const by = (database: Database, clock: keyof typeof changeClocks): Database => ({
  ...bindAll(database),
  clock: changeClocks[clock],
});

for (const engine of engines)
  for (const clock of ['counter', 'snapshot'] as const)
    describe(`the numbers of changes by ${clock}, on ${engine.name}`, { skip: engine.skip }, () => {
      let database: Database;
      let tenant: string;
      before(async () => {
        database = await engine.open({ clock });
        await settleClock(database);
      });
      after(() => database?.close());
      beforeEach(async () => {
        tenant = crypto.randomUUID();
        await addTenant(database, { id: tenant, slug: tenant, name: 'Demo' }, '2026-01-01T00:00:00.000Z');
      });

      const store = (over = database): SqlStore =>
        new SqlStore({ database: over, registry: builtInRegistry(), tenant, identity: { type: 'system' } });
      const make = async (count = 1, over = database): Promise<readonly string[]> => {
        const changes = Array.from({ length: count }, () => ({
          op: 'create' as const,
          module: 'accounts',
          id: crypto.randomUUID(),
          values: { name: 'Neri' },
        }));
        return (await store(over).apply(changes)).map(({ id }) => id!);
      };
      const idsIn = (events: readonly ChangeEvent[] | null): readonly string[] =>
        events?.flatMap(({ changes }) => changes.map(({ id }) => id)) ?? assert.fail('The cursor counts for nothing.');

      /** What is told after a cursor, once that is so many: by snapshot, whoever else works in the cluster delays it. */
      const told = async (feed: ChangeFeed, cursor: number, count: number): Promise<readonly string[]> => {
        for (let n = 0; n < 500; n++) {
          const ids = idsIn(await feed.since(tenant, cursor, 10));
          if (ids.length >= count) return ids;
          await sleep(10);
        }
        return [];
      };

      it('deliver every change of overlapping transactions once, whole and in order', async () => {
        const feed = new ChangeFeed(database);
        const written: (readonly string[])[] = [];
        let writing = true;
        const heard: ChangeEvent[] = [];
        const reading = (async () => {
          let cursor = 0;
          const isAll = (): boolean => !writing && idsIn(heard).length >= written.flat().length;
          // by snapshot, whoever else works in the cluster delays what is told
          for (let late = 0; !isAll() && late < 1000; late += writing ? 0 : 1) {
            // few at once, so that pages end in the middle of things
            for (let events = await feed.since(tenant, cursor, 3); events!.length > 0;) {
              heard.push(...events!);
              cursor = events!.at(-1)!.seq;
              events = await feed.since(tenant, cursor, 3);
            }
            await sleep(5);
          }
        })();
        await Promise.all(
          Array.from({ length: writers }, async (_, writer) => {
            const own = troubled(database, writer);
            for (let index = 0; index < batchesPerWriter; index++) {
              const made = await make(index % 3 === 0 ? 1 : 2, own).catch((error: unknown) => {
                if (!isUndone(error)) throw error;
              });
              if (made) written.push(made);
            }
          }),
        );
        writing = false;
        await reading;
        assert.ok(written.length > writers && written.length < writers * batchesPerWriter);
        assert.deepEqual(idsIn(heard).toSorted(), written.flat().toSorted());
        const seqs = heard.map(({ seq }) => seq);
        assert.deepEqual(
          seqs,
          [...new Set(seqs)].toSorted((a, b) => a - b),
        );
        const wholes = new Map(heard.map(({ changes }) => [changes[0]!.id, changes.length]));
        for (const [first, ...more] of written.filter(({ length }) => length > 1))
          assert.equal(wholes.get(first!) ?? wholes.get(more[0]!), more.length + 1, 'torn apart');
      });

      it('hold for those who know the newest: nothing comes under it any more', async () => {
        const feed = new ChangeFeed(database);
        const first = await make();
        assert.deepEqual(await told(feed, 0, 1), first);
        const head = await feed.head(tenant);
        assert.deepEqual(await feed.since(tenant, head, 10), []);
        const made = await make();
        assert.deepEqual(await told(feed, head, 1), made);
        assert.equal((await feed.stamp(tenant, { principal: 'x' })).asOf, await feed.head(tenant));
        assert.equal(await feed.since(tenant, head + 10_000_000, 10), null);
      });

      it(
        'wake those who listen even if something else was open when it was committed',
        { skip: engine.name === 'PGlite' },
        async () => {
          const feed = new ChangeFeed(database);
          const heard: string[] = [];
          let cursor = await feed.head(tenant);
          const stop = feed.subscribe(tenant, () => {
            void feed.since(tenant, cursor, 10).then((events) => {
              cursor = Math.max(cursor, events?.at(-1)?.seq ?? 0);
              heard.push(...idsIn(events));
            });
          });
          const other = crypto.randomUUID();
          await addTenant(database, { id: other, slug: other, name: 'Other' }, '2026-01-01T00:00:00.000Z');
          let made: readonly string[] = [];
          await database.transaction(other, async (connection) => {
            await connection.run({ sql: 'select pg_current_xact_id()', parameters: [] });
            made = await make();
            await sleep(150);
          });
          for (let tries = 0; tries < 100 && heard.length === 0; tries++) await sleep(20);
          assert.deepEqual([...new Set(heard)], made);
          stop();
          feed.close();
        },
      );

      it('go on growing when the other clock takes over, and nobody misses anything', async () => {
        const other = clock === 'counter' ? 'snapshot' : 'counter';
        const [here, there] = [database, by(database, other)];
        const first = await make();
        assert.deepEqual(await told(new ChangeFeed(here), 0, 1), first);
        let cursor = await new ChangeFeed(here).head(tenant);
        for (const next of [there, here, there, here]) {
          await settleClock(next);
          const feed = new ChangeFeed(next);
          const made = [...(await make(2, next)), ...(await make(1, next))];
          assert.deepEqual(await told(feed, cursor, made.length), made);
          cursor = await feed.head(tenant);
        }
      });

      it('begin anew where a dump was restored, and send those back who knew another life', async () => {
        const feed = new ChangeFeed(database);
        const first = await make();
        assert.deepEqual(await told(feed, 0, 1), first);
        const cursor = await feed.head(tenant);
        await database.maintain((connection) =>
          connection.script(`comment on table tessera.tenant_clock is '${clock} 4711'`),
        );
        await settleClock(database);
        const isAnew = clock === 'snapshot';
        assert.equal((await feed.since(tenant, cursor, 10)) === null, isAnew);
        const head = await feed.head(tenant);
        assert.equal(head > cursor, isAnew);
        const made = await make();
        assert.deepEqual(await told(feed, head, made.length), made);
        await settleClock(database);
        assert.deepEqual(await told(feed, head, made.length), made);
      });
    });
