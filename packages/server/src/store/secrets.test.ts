import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { isCrmError, type CrmError } from '@tessera-crm/model/errors.js';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import type { Database } from '../database/database.ts';
import { engines } from '../testing/test-database.ts';
import { SqlStore } from './sql-store.ts';
import { addTenant } from './tenants.ts';

const password = 'correct horse battery staple';

interface ShareLink {
  readonly name: string;
  readonly password: string | null;
}

for (const engine of engines) {
  describe(`secrets in records on ${engine.name}`, { skip: engine.skip }, () => {
    let database: Database;
    let store: SqlStore;
    let tenant: string;
    before(async () => {
      database = await engine.open();
    });
    after(() => database?.close());
    beforeEach(async () => {
      tenant = randomUUID();
      await addTenant(database, { id: tenant, slug: tenant, name: 'Demo' }, '2026-01-01T00:00:00.000Z');
      const identity = { type: 'user', id: randomUUID(), admin: true } as const;
      store = new SqlStore({ database, registry: builtInRegistry(), tenant, identity });
    });

    const linksOf = async (id: string): Promise<readonly ShareLink[]> =>
      (await store.get('documents', id))['shareLinks'] as readonly ShareLink[];

    const share = async (shareLinks: readonly Partial<ShareLink>[], key?: string): Promise<string> => {
      const id = randomUUID();
      const values = { title: 'Offer', type: 'link', link: 'https://example.com/', shareLinks };
      await store.apply(
        [{ op: 'create', module: 'documents', id, values }],
        key === undefined ? {} : { idempotencyKey: key },
      );
      return id;
    };

    const set = (id: string, shareLinks: readonly Partial<ShareLink>[]) =>
      store.apply([{ op: 'update', module: 'documents', id, values: { shareLinks } }]);

    /** Everything that the database has, as text. */
    const everything = async (): Promise<string> => {
      const texts: string[] = [];
      await database.maintain(async (connection) => {
        const { rows } = await connection.run({
          sql: `select table_name from information_schema.tables where table_schema = current_schema() and table_type = 'BASE TABLE'`,
          parameters: [],
        });
        for (const [table] of rows)
          texts.push(
            JSON.stringify(
              (await connection.run({ sql: `select t::text from "${String(table)}" t`, parameters: [] })).rows,
            ),
          );
      });
      return texts.join('\n');
    };

    it('are nowhere to be read: not in the record, its list, its history, and in no table', async () => {
      const id = await share([{ name: 'Customer', password }], 'once');
      await set(id, [{ name: 'Customer', password: `${password} again` }]);
      const seen = [
        await store.get('documents', id),
        await store.list('documents'),
        await store.history('documents', id),
      ];
      assert.doesNotMatch(JSON.stringify(seen), /correct horse|argon2/);
      const stored = await everything();
      assert.match(stored, /\$argon2id\$/);
      assert.doesNotMatch(stored, /correct horse/);
    });

    it('show whether they are set, and are known to whoever gave them', async () => {
      const id = await share([{ name: 'Open' }, { name: 'Customer', password }]);
      const [open, closed] = await linksOf(id);
      assert.equal(open!.password, null);
      assert.match(closed!.password!, /^sealed:/);
      assert.equal(await store.knowsSecret(closed!.password, password), true);
      assert.equal(await store.knowsSecret(closed!.password, 'guess'), false);
      assert.equal(await store.knowsSecret(open!.password, ''), false);
    });

    it('stay when what was read is written back, and change when another one is given', async () => {
      const id = await share([{ name: 'Customer', password }]);
      const [link] = await linksOf(id);
      await set(id, [{ ...link!, name: 'Client' }]);
      const [renamed] = await linksOf(id);
      assert.deepEqual([renamed!.name, renamed!.password], ['Client', link!.password]);
      await set(id, [{ ...renamed!, password: 'another' }]);
      const [changed] = await linksOf(id);
      assert.equal(await store.knowsSecret(changed!.password, 'another'), true);
      assert.equal(await store.knowsSecret(changed!.password, password), false);
    });

    it('are refused as a mask, as the name of nothing, or of what another tenant has', async () => {
      const id = await share([{ name: 'Customer', password }]);
      const [{ password: foreign }] = (await linksOf(id)) as readonly [ShareLink];
      const own = new SqlStore({ database, registry: builtInRegistry(), tenant, identity: { type: 'system' } });
      const other = randomUUID();
      await addTenant(database, { id: other, slug: other, name: 'Other' }, '2026-01-01T00:00:00.000Z');
      store = new SqlStore({ database, registry: builtInRegistry(), tenant: other, identity: { type: 'system' } });
      for (const given of ['••••', `sealed:${randomUUID()}`, foreign!])
        await assert.rejects(
          share([{ name: 'Customer', password: given }]),
          (error) => isCrmError(error, 'validation') && (error as CrmError).issues[0]!.code === 'masked',
          given,
        );
      assert.equal(await own.knowsSecret(foreign, password), true);
      assert.equal(await store.knowsSecret(foreign, password), false);
    });

    it('are not kept when the record is refused, and answered once when the request comes twice', async () => {
      const hashes = async (): Promise<number> => (await everything()).split('$argon2id$').length;
      const before = await hashes();
      await assert.rejects(share([{ name: 'Customer', password }, { name: '' }]));
      await assert.rejects(
        store.apply([
          { op: 'create', module: 'documents', id: randomUUID(), values: { shareLinks: [{ name: 'A', password }] } },
        ]),
      );
      assert.equal(await hashes(), before);
      const change = {
        op: 'create',
        module: 'documents',
        id: randomUUID(),
        values: { title: 'Offer', type: 'link', link: 'https://example.com/', shareLinks: [{ name: 'A', password }] },
      } as const;
      const first = await store.apply([change], { idempotencyKey: 'twice' });
      assert.deepEqual(await store.apply([change], { idempotencyKey: 'twice' }), first);
      assert.equal(await hashes(), before + 1);
    });
  });
}
