import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { isCrmError } from '@tessera-crm/model/errors.js';
import { commands } from './commands.ts';
import { csvCell } from './export.ts';
import { readSettings } from './settings.ts';
import { ensureTenant, withApp } from './with-app.ts';
import type { Terminal } from './command.ts';

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly note: string;
}

type Environment = Readonly<Record<string, string>>;

const terminalOf = (environment: Environment, input = '') => {
  const said = { out: '', note: '' };
  const terminal: Terminal = {
    environment,
    out: (text) => void (said.out += text),
    note: (text) => void (said.note += text),
    input: async () => input,
    stopping: AbortSignal.abort(),
  };
  return { terminal, said };
};

const run = async (line: string, environment: Environment, input = ''): Promise<Ended> => {
  const [name = '', ...args] = line.split(' ');
  const { terminal, said } = terminalOf(environment, input);
  return { code: await commands[name]!.run(args, terminal), ...said };
};

const keyIn = (text: string): string =>
  /sk_[0-9a-f]{16}_[\w-]{43}/.exec(text)?.[0] ?? assert.fail(`No key in: ${text}`);

describe('the commands', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-commands-'));
  const environment = { TESSERA_DATA: folder };
  after(() => rmSync(folder, { recursive: true, force: true }));

  test('bring an empty folder up to date, once', async () => {
    assert.match((await run('migrate', environment)).out, /0001_initial/);
    assert.match((await run('migrate', environment)).note, /up to date/);
  });

  test('do nothing without a tenant', async () => {
    await assert.rejects(run('key create', environment), /Say which tenant with --tenant: none yet/);
  });

  describe('with a tenant', () => {
    before(async () => {
      await withApp(terminalOf(environment).terminal, async ({ app }) => {
        const { tenant } = await ensureTenant(app);
        const store = app.backend.store(tenant, { identity: { type: 'system' }, principal: 'test' });
        const names = ['Acme, "Inc."', '=1+1', 'Città'];
        await store.apply([
          {
            op: 'create',
            module: 'users',
            id: crypto.randomUUID(),
            values: { name: { last: 'Neri' }, email: 'ada@crm.test' },
          },
          ...names.map(
            (name) => ({ op: 'create', module: 'accounts', id: crypto.randomUUID(), values: { name } }) as const,
          ),
        ]);
      });
    });

    test('make keys, list them without their secrets, and revoke them', async () => {
      const made = await run('key create --name shop --scope tickets:* --origin https://shop.test', environment);
      const listed = await run('key list', environment);
      assert.match(listed.out, /shop\ttickets:\*\thttps:\/\/shop\.test\t.*\tgood/);
      assert.equal(listed.out.includes(made.out.trim()), false);
      assert.equal((await run(`key revoke ${keyIn(made.out)}`, environment)).code, 0);
      assert.match((await run('key list', environment)).out, /revoked/);
      assert.equal((await run(`key revoke ${keyIn(made.out)}`, environment)).code, 1);
    });

    test('refuse scopes and origins that are none', async () => {
      for (const line of [
        'key create --scope everything',
        'key create --origin shop.test',
        'key create --origin https://shop.test/',
        'key create --tenant other',
        'key vanish',
      ])
        await assert.rejects(run(line, environment), (error) => isCrmError(error, 'config'), line);
    });

    test('mint tokens for those who are there', async () => {
      assert.equal((await run('token --user ada@crm.test', environment)).out.trim().split('.').length, 3);
      for (const line of ['token --user nobody@crm.test', 'token --contact nobody@crm.test', 'token'])
        await assert.rejects(run(line, environment), (error) => isCrmError(error, 'config'), line);
    });

    test('set passwords that are long enough', async () => {
      assert.equal((await run('password ada@crm.test', environment, 'correct horse\n')).code, 0);
      await assert.rejects(run('password ada@crm.test', environment, 'short\n'), /at least 8 characters/);
      await assert.rejects(run('password nobody@crm.test', environment, 'correct horse\n'), /no active user/);
    });

    test('export records as lines of JSON, and as a table that a spreadsheet does not run', async () => {
      const lines = (await run('export accounts', environment)).out.trim().split('\n');
      const names = lines.map((line) => (JSON.parse(line) as { readonly name: string }).name);
      assert.deepEqual(names.toSorted(), ['=1+1', 'Acme, "Inc."', 'Città']);
      const csv = (await run('export accounts --format csv --where {"name":{"notContains":"citt"}}', environment)).out;
      assert.match(csv, /^id,version,/);
      assert.match(csv, /,"Acme, ""Inc\.""",/);
      assert.match(csv, /,'=1\+1,/);
      assert.equal(csv.trim().split('\r\n').length, 3);
      await assert.rejects(run('export nonsense', environment), (error) => isCrmError(error, 'not-found'));
      await assert.rejects(run('export accounts --format xls', environment), (error) => isCrmError(error, 'config'));
    });
  });
});

describe('a cell of a table', () => {
  for (const [text, cell] of [
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['a "b"', '"a ""b"""'],
    ['a\nb', '"a\nb"'],
    [' a ', '" a "'],
    ['=1+1', "'=1+1"],
    ['@x', "'@x"],
    ['+39 02', "'+39 02"],
    ['-x', "'-x"],
    ['\t=1', "'\t=1"],
    ['＝1', "'＝1"],
    ['-12.50', '-12.50'],
    ['+7', '+7'],
  ] as const)
    test(`${JSON.stringify(text)} is written ${JSON.stringify(cell)}`, () => {
      assert.equal(csvCell(text), cell);
    });
});

describe('the settings', () => {
  test('have defaults, of which port 0 is none', () => {
    const { port, host, origins, rateLimit } = readSettings({ environment: {} });
    assert.deepEqual([port, host, origins, rateLimit], [4600, '127.0.0.1', [], undefined]);
    assert.equal(readSettings({ environment: { PORT: '0' } }).port, 0);
  });

  test('are read from the environment', () => {
    const settings = readSettings({
      environment: {
        DATABASE_URL: 'postgres://x',
        TESSERA_ORIGINS: 'https://a.test, https://b.test',
        TESSERA_SANDBOXED: '1',
        TESSERA_RATE_LIMIT: '10',
        TESSERA_CONNECTIONS: '4',
      },
    });
    assert.equal(settings.connections, 4);
    assert.equal(settings.sandboxed, true);
    assert.equal(settings.database, 'postgres://x');
    assert.deepEqual(settings.origins, ['https://a.test', 'https://b.test']);
    assert.deepEqual(settings.rateLimit, { perSecond: 10, burst: 50 });
    assert.equal(readSettings({ environment: { TESSERA_RATE_LIMIT: '0' } }).rateLimit, null);
  });

  test('that are wrong are named', () => {
    for (const environment of [
      { PORT: 'http' },
      { PORT: '70000' },
      { TESSERA_RATE_LIMIT: 'fast' },
      { TESSERA_SANDBOXED: 'yes' },
      { TESSERA_CONNECTIONS: '1' },
    ])
      assert.throws(
        () => readSettings({ environment }),
        (error) => isCrmError(error, 'config') && error.message.includes(Object.keys(environment)[0]!),
      );
  });
});
