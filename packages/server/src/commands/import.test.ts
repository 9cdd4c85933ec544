import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import Papa from 'papaparse';
import { openDatabase } from '../database/open-database.ts';
import { batchSize } from '../import/importer.ts';
import { migrate } from '../sql/migrate.ts';
import { SqlStore } from '../store/sql-store.ts';
import { addTenant } from '../store/tenants.ts';
import { newId } from '../testing/import-kit.ts';
import { createTestPostgres, dropTestPostgres, postgres } from '../testing/test-database.ts';

const bin = fileURLToPath(new URL('../bin.ts', import.meta.url));

interface Opened {
  readonly address: string;
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

interface Place {
  readonly name: string;
  readonly skip: string | false;
  /** The environment in which the command finds its database, and how to put it away. */
  open(folder: string): Promise<Opened>;
}

const places: readonly Place[] = [
  {
    name: 'a folder',
    skip: false,
    open: async (folder) => ({
      address: join(folder, 'database'),
      environment: { TESSERA_DATA: folder },
      close: async () => undefined,
    }),
  },
  {
    name: 'PostgreSQL',
    skip: postgres.skip,
    async open(folder) {
      const { url } = await createTestPostgres();
      return {
        address: url,
        environment: { TESSERA_DATA: folder, DATABASE_URL: url },
        close: () => dropTestPostgres(url),
      };
    },
  },
];

/** Characters of a line of the report, at least. */
const lineLength = 60;

interface Ended {
  readonly code: number | null;
  readonly said: string;
}

for (const place of places) {
  describe(`tessera import into ${place.name}`, { skip: place.skip }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'tessera-command-'));
    const tenant = newId();
    let opened: Awaited<ReturnType<Place['open']>>;

    /** @param kill - Ends the process without warning as soon as this is true. */
    const run = (args: readonly string[], kill?: () => boolean): Promise<Ended> =>
      new Promise((done, fail) => {
        const environment = { ...process.env, ...opened.environment };
        const child = spawn(process.execPath, ['--conditions=tessera-source', bin, ...args], {
          env: environment,
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        let said = '';
        const hear = (piece: Buffer): void => {
          said += piece.toString();
        };
        const timer = kill && setInterval(() => kill() && child.kill('SIGKILL'), 5);
        child.stdout.on('data', hear);
        child.stderr.on('data', hear);
        child.on('error', fail);
        child.on('close', (code) => {
          clearInterval(timer);
          done({ code, said });
        });
      });

    const withStore = async <T>(work: (store: SqlStore) => Promise<T>): Promise<T> => {
      const database = await openDatabase(opened.address);
      try {
        return await work(
          new SqlStore({ database, registry: builtInRegistry(), tenant, identity: { type: 'system' } }),
        );
      } finally {
        await database.close();
      }
    };

    const count = (module: string): Promise<number> =>
      withStore(async (store) => (await store.list(module, { limit: 1, count: 'exact' })).count ?? 0);

    const file = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };

    before(async () => {
      opened = await place.open(folder);
      const database = await openDatabase(opened.address);
      await migrate(database);
      await addTenant(database, { id: tenant, slug: 'demo', name: 'Demo' }, new Date().toISOString());
      await database.close();
    });
    after(async () => {
      await opened.close();
      rmSync(folder, { recursive: true, force: true });
    });

    it('ends with 0 when all is well, tries first when told to, and reports every row', async () => {
      const path = file('clienti.csv', 'Ragione sociale;Telefono\r\nRossi;02 1234567\r\n=cmd|x;02 7654321\r\n');
      const report = join(folder, 'report.csv');
      const tried = await run(['import', path, '--dry-run', '--report', report]);
      assert.deepEqual([tried.code, await count('accounts')], [0, 0]);
      assert.match(tried.said, /2 would be imported.*Nothing was written/s);
      assert.match(readFileSync(report, 'utf8'), /clienti\.csv,2,would be imported,accounts,,/);
      const real = await run(['import', path, '--report', report]);
      assert.deepEqual([real.code, await count('accounts')], [0, 2]);
      const { data } = Papa.parse<Record<string, string>>(readFileSync(report, 'utf8').trim(), { header: true });
      assert.deepEqual(
        data.map(({ file: name, row, outcome, module }) => [name, row, outcome, module]),
        [
          ['clienti.csv', '2', 'imported', 'accounts'],
          ['clienti.csv', '3', 'imported', 'accounts'],
        ],
      );
    });

    it('ends with 2 when rows were refused, naming them', async () => {
      const { code, said } = await run(['import', file('people.csv', 'First name,Last name,Email\nAda,Neri,none\n')]);
      assert.equal(code, 2);
      assert.match(said, /row 2, Email: email: "none" is no e-mail address\./);
    });

    for (const [args, sentence] of [
      [['import', '/nowhere.csv'], /There is no file/],
      [['import', bin], /headers do not tell|no text file|module/],
      [['import', '.', '--preset', 'siebel'], /no preset "siebel"; there are vtiger/],
      [['import', '.', '--duplicates', 'merge'], /--duplicates is one of skip, overwrite/],
      [['import'], /tessera import <file/],
    ] as const) {
      it(`ends with 1 when it cannot begin: ${args.slice(1).join(' ')}`, async () => {
        const { code, said } = await run(args);
        assert.equal(code, 1);
        assert.match(said, sentence);
      });
    }

    it('leaves whole batches when it is killed, and goes on where it was', { timeout: 120_000 }, async () => {
      const rows = Array.from({ length: 30 * batchSize }, (_, index) => `N${index},Rossi,p${index}@example.com`);
      const path = file('many.csv', `First name,Last name,Email\n${rows.join('\n')}\n`);
      const report = join(folder, 'killed.csv');
      const before = await count('contacts');
      // the report is written as rows are done: the process dies in the middle of them
      const isUnderWay = (): boolean => existsSync(report) && statSync(report).size > batchSize * lineLength;
      await run(['import', path, '--report', report, '--module', 'contacts'], isUnderWay);
      const left = (await count('contacts')) - before;
      assert.ok(left > 0 && left < rows.length && left % batchSize === 0, `${left} contacts were left`);
      const again = await run(['import', path, '--module', 'contacts']);
      assert.equal(again.code, 0);
      assert.match(again.said, new RegExp(`${rows.length - left} imported, 0 updated, ${left} skipped, 0 failed`));
      assert.equal((await count('contacts')) - before, rows.length);
    });
  });
}
