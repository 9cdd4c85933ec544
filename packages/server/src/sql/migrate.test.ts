import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { isCrmError } from '@tessera-crm/model/errors.js';
import { choice } from '@tessera-crm/model/kinds/choice.js';
import { integer } from '@tessera-crm/model/kinds/integer.js';
import { link } from '@tessera-crm/model/kinds/link.js';
import { links } from '@tessera-crm/model/kinds/links.js';
import { money } from '@tessera-crm/model/kinds/money.js';
import { text } from '@tessera-crm/model/kinds/text.js';
import { defineModule, type Fields } from '@tessera-crm/model/module.js';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import { Registry } from '@tessera-crm/model/registry.js';
import type { Database } from '../database/database.ts';
import { schemaName } from '../database/roles.ts';
import { engines } from '../testing/test-database.ts';
import { difference } from './difference.ts';
import { readSnapshot } from './generate.ts';
import { migrate } from './migrate.ts';
import type { Migration } from './migration-files.ts';
import { columnName, indexName } from './names.ts';
import { tablesOf, type Table } from './tables.ts';

const pets = (fields: Fields): readonly Table[] =>
  tablesOf(
    new Registry([
      defineModule('pets', {
        area: 'quality',
        title: ['name'],
        fields: { name: text({ required: true }), ...fields } as Fields & { name: ReturnType<typeof text> },
      }),
    ]),
  );

describe('the checked-in migrations', () => {
  it('make the tables of the built-in modules; if not, run `npm run migrations`', () => {
    assert.deepEqual(difference(readSnapshot(), tablesOf(builtInRegistry())).statements, []);
  });
});

describe('the difference between two states of the tables', () => {
  const before = pets({ age: integer({ min: 0, max: 99 }) });

  it('is nothing when there is none', () => assert.deepEqual(difference(before, before).statements, []));

  it('is new columns, their indexes and the view', () => {
    const { statements } = difference(
      before,
      pets({ price: money(), age: integer({ min: 0, max: 99 }), owners: link('users') }),
    );
    assert.deepEqual(statements.slice(0, 4), [
      'alter table "m_pets" add column "price" numeric;',
      'alter table "m_pets" add column "price__currency" text collate "C";',
      'alter table "m_pets" add column "owners" uuid;',
      'create index "m_pets_owners_idx" on "m_pets" ("tenant_id", "owners") where "owners" is not null;',
    ]);
    assert.match(statements[4]!, /^create or replace view "v_m_pets"/);
  });

  it('indexes a list by what it holds, so that it may be longer than an entry of an index', () => {
    const { statements } = difference(
      before,
      pets({ age: integer({ min: 0, max: 99 }), owners: links('users', { indexed: true }) }),
    );
    assert.equal(
      statements[2],
      `create index "m_pets_owners__key_idx" on "m_pets" using gin (string_to_array(btrim("owners__key", E'\\n'), E'\\n')) with (fastupdate = off);`,
    );
  });

  it('keeps the order of the columns that are there, so that views can be replaced', () => {
    const { snapshot } = difference(before, pets({ price: money(), age: integer({ min: 0, max: 99 }) }));
    const columns = Object.keys(snapshot.find(({ name }) => name === 'm_pets')!.columns);
    assert.deepEqual(columns.slice(-2), ['price', 'price__currency']);
  });

  const byHand: readonly (readonly [string, readonly Table[]])[] = [
    ['a dropped column', pets({})],
    ['a changed type', pets({ age: integer() })],
    ['a dropped table', []],
  ];
  for (const [what, wanted] of byHand) {
    it(`is refused for ${what}, which takes a migration by hand`, () =>
      assert.throws(
        () => difference(before, wanted),
        (error) => isCrmError(error, 'config') && error.message.includes('by hand'),
      ));
  }
});

describe('names in the database', () => {
  it('are snake case, with second columns kept apart from other fields', () => {
    assert.deepEqual(
      [columnName('jobTitle', ''), columnName('name', 'key'), columnName('nameKey', '')],
      ['job_title', 'name__key', 'name_key'],
    );
  });

  it('are never cut off', () => {
    const long = Array.from({ length: 6 }, (_, index) => `a_rather_long_column_${index}`);
    const names = new Set([indexName('m_pets', long, 'index'), indexName('m_pets', long.slice(0, 5), 'index')]);
    assert.equal(names.size, 2);
    for (const name of names) assert.ok(name.length <= 63);
  });

  it('do not meet: two fields that want one column are refused', () => {
    const fields = { fooBar: text(), foo_bar: choice(['a']) };
    assert.throws(
      () => pets(fields),
      (error) => isCrmError(error, 'config'),
    );
  });
});

for (const engine of engines) {
  describe(`migrating on ${engine.name}`, { skip: engine.skip }, () => {
    let database: Database;
    before(async () => (database = await engine.open()));
    after(() => database?.close());

    const migration = (number: number, statements: string): Migration => ({
      number,
      name: `${number}_test.sql`,
      text: statements,
      checksum: statements,
    });
    const exists = async (table: string): Promise<boolean> =>
      (
        await database.maintain((connection) =>
          connection.run({ sql: 'select to_regclass($1)', parameters: [`${schemaName}.${table}`] }),
        )
      ).rows[0]![0] !== null;

    it('runs each file once, even when several start at the same time', async () => {
      const files = [migration(9001, 'create table x1 (a int)'), migration(9002, 'create table x2 (a int)')];
      const runs = await Promise.all([migrate(database, files), migrate(database, files), migrate(database, files)]);
      assert.deepEqual(runs.flat().toSorted(), ['9001_test.sql', '9002_test.sql']);
      assert.deepEqual(await migrate(database, files), []);
    });

    it('leaves nothing of a file that fails, and keeps the ones before it', async () => {
      const files = [
        migration(9101, 'create table y1 (a int)'),
        migration(9102, 'create table y2 (a int); select 1 / 0'),
      ];
      await assert.rejects(migrate(database, files));
      assert.deepEqual([await exists('y1'), await exists('y2')], [true, false]);
      assert.deepEqual(await migrate(database, [files[0]!, migration(9102, 'create table y2 (a int)')]), [
        '9102_test.sql',
      ]);
    });

    it('refuses a file that was changed after it had been run', async () => {
      await migrate(database, [migration(9201, 'create table z1 (a int)')]);
      await assert.rejects(migrate(database, [migration(9201, 'create table z1 (b int)')]), (error) =>
        isCrmError(error, 'config'),
      );
    });

    it('gives every table an owner that nobody logs in as, row security, and no rights of its own', async () => {
      const { rows } = await database.maintain((connection) =>
        connection.run({
          sql: `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = $1 and c.relkind = 'r' and c.relname = any($2)
              and (not c.relrowsecurity or pg_get_userbyid(c.relowner) <> 'tessera_owner' or has_table_privilege('tessera_app', c.oid, 'select, insert, update, delete'))`,
          parameters: [schemaName, tablesOf(builtInRegistry()).map(({ name }) => name)],
        }),
      );
      assert.deepEqual(rows, []);
    });

    it('begins every primary key and every index with the tenant, so that tables can be spread by it', async () => {
      const acrossTenants = [
        'tenants',
        'api_keys_id_idx',
        'signing_keys_kid_idx',
        'sessions_id_idx',
        'sessions_expires_at_idx',
        'idempotency_at_idx',
      ];
      const { rows } = await database.maintain((connection) =>
        connection.run({
          sql: `select i.relname from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
            join pg_namespace n on n.oid = t.relnamespace join pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[0]
            where n.nspname = $1 and a.attname <> 'tenant_id' and t.relname = any($2)`,
          parameters: [schemaName, tablesOf(builtInRegistry()).map(({ name }) => name)],
        }),
      );
      assert.deepEqual(
        rows.map(([name]) => name as string).filter((name) => !acrossTenants.some((prefix) => name.startsWith(prefix))),
        [],
      );
    });
  });
}
