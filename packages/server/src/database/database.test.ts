import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { isCrmError, type CrmError } from '@tessera-crm/model/errors.js';
import { engines } from '../testing/test-database.ts';
import { isLostRace, toCrmError } from './database-error.ts';
import type { Database, Statement } from './database.ts';
import { openDatabase } from './open-database.ts';

const tenant = '00000000-0000-4000-8000-000000000001';
const ask = (sql: string, ...parameters: readonly unknown[]): Statement => ({ sql, parameters });

for (const engine of engines) {
  describe(`a database on ${engine.name}`, { skip: engine.skip }, () => {
    let database: Database;
    before(async () => (database = await engine.open()));
    after(() => database?.close());

    const failure = async (statement: Statement): Promise<CrmError> => {
      const error = await database.run(tenant, statement).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      assert.ok(isCrmError(error), `expected a CrmError, got ${String(error)}`);
      return error;
    };

    it('gives values as they travel', async () => {
      const { rows } = await database.run(
        tenant,
        ask(`select true, 9007199254740991::bigint, 1.50::numeric, '2026-06-15'::date, '2026-06-15T12:00:00.5+02:00'::timestamptz(3),
          '0001-01-01T00:00:00Z'::timestamptz(3), '[1,{"a":null}]'::jsonb, '10:00:00'::time, null`),
      );
      assert.deepEqual(rows, [
        [
          true,
          9_007_199_254_740_991,
          '1.50',
          '2026-06-15',
          '2026-06-15T10:00:00.500Z',
          '0001-01-01T00:00:00.000Z',
          [1, { a: null }],
          '10:00:00',
          null,
        ],
      ]);
    });

    it('carries a transaction out as a whole, or not at all', async () => {
      const bump = ask(
        'insert into v_tenant_clock values ($1, 1) on conflict (tenant_id) do update set seq = v_tenant_clock.seq + 1',
        tenant,
      );
      await database.transaction(tenant, (connection) => connection.run(bump));
      await assert.rejects(
        database.transaction(tenant, async (connection) => {
          await connection.run(bump);
          throw new Error('no');
        }),
      );
      assert.deepEqual((await database.run(tenant, ask('select seq from v_tenant_clock'))).rows, [[1]]);
    });

    it('reads what there was in one moment, whatever is committed meanwhile, and writes nothing', async () => {
      const other = '00000000-0000-4000-8000-000000000002';
      const begin = ask('insert into v_tenant_clock values ($1, 1)', other);
      const seqs = ask('select seq from v_tenant_clock');
      const read = await database.reading(other, async ({ run }) => {
        const before = await run(seqs);
        // one that has a single connection lets nobody in between
        if (!database.single) await database.run(other, begin);
        return [before.rows, (await run(seqs)).rows];
      });
      assert.deepEqual(read, [[], []]);
      if (!database.single) assert.deepEqual((await database.run(other, seqs)).rows, [[1]]);
      await assert.rejects(database.reading(other, ({ run }) => run(begin)));
    });

    it('does not commit after a statement has failed, even if nobody looked', async () => {
      const work = database.transaction(tenant, async (connection) => {
        await connection.run(ask('select 1 / 0')).catch(() => undefined);
      });
      await assert.rejects(work, (error) => isCrmError(error, 'internal'));
    });

    it('begins again what lost a race, three times at most', async () => {
      let attempts = 0;
      const lose = ask(`do $$ begin raise exception 'lost' using errcode = '40001'; end $$`);
      const work = database.transaction(tenant, async (connection) => {
        attempts++;
        await connection.run(lose);
      });
      await assert.rejects(work, (error) => isCrmError(error, 'unavailable') && isLostRace(error));
      assert.equal(attempts, 3);
    });

    it('keeps its connections usable after failures', async () => {
      assert.equal((await failure(ask('select 1 / 0'))).code, 'internal');
      assert.equal((await failure(ask('select $1::uuid', 'no'))).facts['sqlState'], '22P02');
      assert.deepEqual((await database.run(tenant, ask('select $1::int', 5))).rows, [[5]]);
    });

    it('says nothing of statements and values in its errors', async () => {
      const error = await failure(ask('select $1::int', 'secret-value'));
      assert.ok(!JSON.stringify([error.message, error.facts]).includes('secret'));
    });

    it('answers each of many that ask at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 60 }, (_, index) => database.run(tenant, ask('select $1::int', index))),
      );
      assert.deepEqual(
        answers.map(({ rows }) => rows[0]![0]),
        Array.from({ length: 60 }, (_, index) => index),
      );
    });
  });
}

describe('a folder of PGlite', () => {
  it('keeps what was written, and is refused to a second opening', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tessera-folder-'));
    try {
      const first = await openDatabase(folder);
      await assert.rejects(openDatabase(folder), (error) => isCrmError(error, 'config'));
      await first.maintain((connection) => connection.script('create table kept (x int); insert into kept values (7)'));
      await first.close();
      const second = await openDatabase(folder);
      const { rows } = await second.maintain((connection) => connection.run(ask('select x from public.kept')));
      assert.deepEqual(rows, [[7]]);
      await second.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('failures of the driver', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['57P01', 'unavailable'],
    ['08006', 'unavailable'],
    ['53300', 'unavailable'],
    ['53100', 'storage-full'],
    ['57014', 'unavailable'],
    ['40P01', 'unavailable'],
    ['23505', 'conflict'],
    ['22021', 'validation'],
    ['42501', 'internal'],
    ['ECONNRESET', 'unavailable'],
    ['EPIPE', 'unavailable'],
  ];
  for (const [code, expected] of cases) {
    it(`turn ${code} into ${expected}`, () =>
      assert.equal(toCrmError(Object.assign(new Error('x'), { code })).code, expected));
  }

  it('are a database that is away when nobody listens at its address', async () => {
    const database = await openDatabase('postgres://nobody@127.0.0.1:1/none');
    await assert.rejects(database.run(tenant, ask('select 1')), (error) => isCrmError(error, 'unavailable'));
    await database.close();
  });
});
