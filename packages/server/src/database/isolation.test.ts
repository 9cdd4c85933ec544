import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { isCrmError } from '@tessera-crm/model/errors.js';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import { quoted, viewName } from '../sql/names.ts';
import { tablesOf } from '../sql/tables.ts';
import { engines } from '../testing/test-database.ts';
import type { Database, Statement } from './database.ts';

const mine = '00000000-0000-4000-8000-000000000001';
const theirs = '00000000-0000-4000-8000-000000000002';
const row = '00000000-0000-4000-8000-0000000000aa';

const ask = (sql: string, ...parameters: readonly unknown[]): Statement => ({ sql, parameters });
const fresh = '00000000-0000-4000-8000-0000000000bb';
const insert = (owner: string, id = row): Statement =>
  ask(`insert into v_m_accounts (tenant_id, id, version, search_key) values ($1, $2, 1, '')`, owner, id);

const tables = tablesOf(builtInRegistry());

for (const engine of engines) {
  describe(`tenants on ${engine.name}`, { skip: engine.skip }, () => {
    let database: Database;
    before(async () => {
      database = await engine.open();
      for (const tenant of [mine, theirs]) await database.run(tenant, insert(tenant));
    });
    after(() => database?.close());

    const refused = (statement: Statement, sqlState: string): Promise<void> =>
      assert.rejects(
        database.run(mine, statement),
        (error) => isCrmError(error) && error.facts['sqlState'] === sqlState,
      );

    const count = async (tenant: string, sql: string, ...parameters: readonly unknown[]): Promise<number | null> =>
      (await database.run(tenant, ask(sql, ...parameters))).rowCount;

    it('see their own rows, though they share an id', async () => {
      for (const tenant of [mine, theirs])
        assert.deepEqual((await database.run(tenant, ask('select tenant_id from v_m_accounts'))).rows, [[tenant]]);
    });

    it('find, change, lock and delete no row of another', async () => {
      assert.equal(await count(mine, 'select 1 from v_m_accounts where tenant_id = $1', theirs), 0);
      assert.equal(await count(mine, 'select 1 from v_m_accounts where tenant_id = $1 for update', theirs), 0);
      assert.equal(await count(mine, 'update v_m_accounts set version = 9 where tenant_id = $1', theirs), 0);
      assert.equal(await count(mine, 'delete from v_m_accounts where tenant_id = $1', theirs), 0);
      assert.equal(await count(theirs, 'select 1 from v_m_accounts where version = 1'), 1);
    });

    it('neither make rows for another nor move theirs there', async () => {
      await refused(insert(theirs, fresh), '44000');
      await refused(ask('update v_m_accounts set tenant_id = $1, id = $2', theirs, fresh), '44000');
      await refused(
        ask(
          `insert into v_m_accounts (tenant_id, id, version, search_key) values ($1, $2, 1, '') on conflict (tenant_id, id) do update set version = 9`,
          theirs,
          fresh,
        ),
        '44000',
      );
    });

    it('reach no table itself, of modules or of the house', async () => {
      for (const { name } of tables) {
        for (const text of [`select 1 from ${quoted(name)}`, `delete from ${quoted(name)}`, `truncate ${quoted(name)}`])
          await refused(ask(text), '42501');
      }
    });

    it('have a view on every table, and nothing of another in any', async () => {
      for (const { name, tenant: column } of tables) {
        assert.equal(
          await count(mine, `select 1 from ${quoted(viewName(name))} where ${quoted(column)} = $1`, theirs),
          0,
          name,
        );
      }
    });

    it('cannot rewrite what happened', async () => {
      await refused(ask('update v_changes set actor = null'), '42501');
      await refused(ask('delete from v_changes'), '42501');
    });

    it('cannot make or change tables, roles and functions', async () => {
      for (const text of [
        'create table x (a int)',
        'alter table m_accounts disable row level security',
        'create role x',
        'drop view v_m_accounts',
      ])
        await assert.rejects(
          database.run(mine, ask(text)),
          (error) => isCrmError(error) && error.facts['sqlState'] === '42501',
          text,
        );
    });

    it('keep to themselves within transactions, and leave no trace on the connection', async () => {
      const work = Array.from({ length: 40 }, async (_, index) => {
        const tenant = index % 2 === 0 ? mine : theirs;
        const look = ask('select tenant_id from v_m_accounts');
        const found =
          index % 3 === 0
            ? await database.run(tenant, look)
            : await database.transaction(tenant, (connection) => connection.run(look));
        assert.deepEqual(found.rows, [[tenant]]);
      });
      await Promise.all(work);
    });

    it('are nobody when nobody said who they are', async () => {
      for (const setting of ['reset app.tenant', `set app.tenant = ''`]) {
        await database.maintain(async (connection) => {
          await connection.script(`set role tessera_app; ${setting}`);
          await assert.rejects(connection.run(ask('select 1 from v_m_accounts')), { code: /^(42704|22P02)$/ });
          await assert.rejects(connection.run(insert(mine, fresh)), { code: /^(42704|22P02)$/ });
          await connection.script('reset role');
        });
      }
    });

    it('are named by ids, so that no name can be more than a name', async () => {
      for (const name of ['', `x'; drop table m_accounts; --`, mine.toUpperCase().replace('0', 'A'), `${mine}'`]) {
        await assert.rejects(database.run(name, ask('select 1')), (error) => isCrmError(error, 'config'));
        await assert.rejects(
          database.transaction(name, (connection) => connection.run(ask('select 1'))),
          (error) => isCrmError(error, 'config'),
        );
      }
    });

    it('are still kept apart when a table was opened to the application by mistake', async () => {
      await database.maintain((connection) =>
        connection.script('grant select, insert on tessera.m_accounts to tessera_app'),
      );
      assert.deepEqual((await database.run(mine, ask('select tenant_id from m_accounts'))).rows, [[mine]]);
      await refused(
        ask(`insert into m_accounts (tenant_id, id, version, search_key) values ($1, $2, 1, '')`, theirs, mine),
        '42501',
      );
      await database.maintain((connection) => connection.script('revoke all on tessera.m_accounts from tessera_app'));
    });
  });

  describe(`the administration on ${engine.name}`, { skip: engine.skip }, () => {
    let database: Database;
    before(async () => (database = await engine.open()));
    after(() => database?.close());

    it('works across tenants on tables of the house, and reaches no record', async () => {
      await database.admin(
        ask(`insert into tenants values ($1, 'a', 'A', '{}', now()), ($2, 'b', 'B', '{}', now())`, mine, theirs),
      );
      assert.equal((await database.admin(ask('select 1 from tenants'))).rowCount, 2);
      for (const name of ['m_accounts', 'v_m_accounts', 'number_series', 'passwords'])
        await assert.rejects(
          database.admin(ask(`select 1 from ${name}`)),
          (error) => isCrmError(error) && error.facts['sqlState'] === '42501',
        );
      assert.deepEqual((await database.run(mine, ask('select current_user'))).rows, [['tessera_app']]);
    });
  });
}
