import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Id } from '@tessera-crm/model/id.js';
import type { AnyLink } from '@tessera-crm/model/kinds/any-link.js';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import { parseWhere } from '@tessera-crm/model/query/parse-where.js';
import { about } from '@tessera-crm/model/rules/activity-links.js';
import { toObjects, type Database } from '../database/database.ts';
import { schemaName } from '../database/roles.ts';
import { newId } from '../new-id.ts';
import { fillTables } from '../testing/filled-tables.ts';
import { engines } from '../testing/test-database.ts';
import { livingOf, type Reading } from './select.ts';

const tenant = '00000000-0000-4000-8000-000000000001';
const registry = builtInRegistry();
const now = '2026-06-15T10:00:00.000Z';
const context = { registry, now, timeZone: 'Europe/Rome', weekStart: 1, fiscalYearStart: 1, me: null };

const linkTo = (module: string): AnyLink => ({ module, id: newId(Date.now()) as Id });

for (const engine of engines) {
  describe(`what lists hold, on ${engine.name}`, { skip: engine.skip }, () => {
    let database: Database;
    const accounts = Array.from({ length: 200 }, () => linkTo('accounts'));
    before(async () => {
      database = await engine.open();
      const records = accounts.flatMap((account) =>
        ['tasks', 'events'].flatMap((module) => {
          const { fields } = registry.get(module);
          const blank = Object.fromEntries(Object.keys(fields).map((name) => [name, null]));
          const record = { ...blank, subject: 'Call', related: [linkTo('deals'), account, linkTo('leads')] };
          return Array.from({ length: 5 }, () => ({
            module,
            record: { ...record, id: newId(Date.now()), version: 1 },
          }));
        }),
      );
      await fillTables(database, { registry, records }, tenant);
      const tables = `${schemaName}.m_tasks, ${schemaName}.m_events`;
      await database.maintain((connection) => connection.script(`analyze ${tables}`));
    });
    after(() => database?.close());

    const reading = (module: string, link: AnyLink): Reading => {
      const of = registry.get(module);
      return livingOf(of, parseWhere(of, about(module as 'tasks', link), context), { tenant, registry }, 1000);
    };

    for (const module of ['tasks', 'events'])
      it(`lead to the ${module} about a record by an index`, async () => {
        const { statement } = reading(module, accounts[7]!);
        assert.equal((await database.run(tenant, statement)).rows.length, 5);
        const explain = { sql: `explain ${statement.sql}`, parameters: statement.parameters };
        const plan = toObjects<{ readonly 'QUERY PLAN': string }>(await database.run(tenant, explain));
        const lines = plan.map((line) => line['QUERY PLAN']).join('\n');
        assert.match(lines, new RegExp(`Bitmap Index Scan on m_${module}_related__key_idx`));
        assert.doesNotMatch(lines, /Seq Scan/);
      });

    it('may be as long as it likes where an index holds it', async () => {
      const links = Array.from({ length: 900 }, () => linkTo('deals'));
      const blank = Object.fromEntries(Object.keys(registry.get('tasks').fields).map((name) => [name, null]));
      const record = { ...blank, subject: 'Long', id: newId(Date.now()), version: 1, related: links, assignees: links };
      await fillTables(database, { registry, records: [{ module: 'tasks', record }] }, tenant);
      const { rows } = await database.run(tenant, reading('tasks', links[899]!).statement);
      assert.equal(rows.length, 1);
    });
  });
}
