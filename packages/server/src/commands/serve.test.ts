import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { commands } from './commands.ts';
import { sampleSize } from '../sample/plan-sample.ts';
import { keyIn, run, Served, start, type Environment } from '../testing/served.ts';
import { createTestPostgres, dropTestPostgres, postgres } from '../testing/test-database.ts';

const temporary = (): string => mkdtempSync(join(tmpdir(), 'tessera-serve-'));

describe('the command', () => {
  test('explains itself, and says what it does not know', async () => {
    const help = await run(['--help'], {});
    assert.deepEqual([help.code, help.note], [0, '']);
    for (const name of Object.keys(commands)) assert.match(help.out, new RegExp(`^  ${name} `, 'm'));
    const wrong = await run(['serve', '--fast'], {});
    assert.deepEqual([wrong.code, wrong.out], [1, '']);
    assert.match(wrong.note, /--fast/);
    assert.equal(/\n\s+at /.test(wrong.note), false, wrong.note);
    assert.match((await run(['dance'], {})).note, /There is no command "dance"/);
  });
});

describe('tessera serve', () => {
  const folder = temporary();
  let server: Served;
  before(async () => {
    server = await Served.start(['--dev'], { TESSERA_DATA: folder });
  });
  after(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('prints a key that works, and a command to try it with', async () => {
    const key = keyIn(server.greeting);
    assert.match(server.greeting, /curl -H 'Authorization: Bearer sk_/);
    const answer = await server.ask('GET /v1/deals?limit=3', { token: key });
    assert.equal(answer.status, 200);
  });

  test('lets one sign in as anybody, from this machine and from pages of its own', async () => {
    const key = keyIn(server.greeting);
    const made = await server.ask('POST /v1/users', {
      token: key,
      body: { name: { last: 'Neri' }, email: 'ada@crm.test' },
    });
    const { id } = (await made.json()) as { readonly id: string };
    const { users } = (await (await server.ask('GET /dev/users')).json()) as {
      readonly users: readonly { readonly id: string }[];
    };
    assert.ok(users.some((user) => user.id === id));
    const answer = await server.ask('POST /dev/token', { body: { user: id }, headers: { origin: server.address } });
    const { token } = (await answer.json()) as { readonly token: string };
    assert.equal((await server.ask('GET /v1/me', { token })).status, 200);
    const another = keyIn(await (await server.ask('POST /dev/key')).text());
    assert.equal((await server.ask('GET /v1/me', { token: another })).status, 200);
    assert.equal(
      (await server.ask('POST /dev/token', { body: { user: id }, headers: { origin: 'https://evil.test' } })).status,
      403,
    );
  });

  test('does not do so for a name that somebody else leads here', async () => {
    const { port } = new URL(server.address);
    const socket = connect(Number(port), '127.0.0.1');
    socket.end('GET /dev/users HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n');
    let text = '';
    for await (const chunk of socket.setEncoding('utf8') as AsyncIterable<string>) text += chunk;
    assert.match(text, /^HTTP\/1\.1 403 /);
  });

  test('leads to the examples, and to no file beside what it serves', async () => {
    assert.equal((await server.ask('GET /')).headers.get('location'), `${server.address}/examples/intranet/`);
    for (const path of [
      '/elements/%2e%2e/package.json',
      '/examples/..%2f..%2fpackage.json',
      '/storybook/.env',
      '/package.json',
    ])
      assert.equal((await server.ask(`GET ${path}`)).status, 404, path);
  });

  test('does not share its folder with a second process', async () => {
    const second = await run(['key', 'list'], { TESSERA_DATA: folder });
    assert.equal(second.code, 1);
    assert.match(second.note, /in use by process \d+/);
  });
});

describe('a first start', () => {
  const folder = temporary();
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** How many records of a module there are. */
  const count = async (server: Served, module: string): Promise<number> => {
    const token = keyIn(server.greeting);
    const answer = await server.ask(`GET /v1/${module}?limit=1&count=exact`, { token });
    return ((await answer.json()) as { readonly count: number }).count;
  };

  test('that is killed while it loads the sample is begun again, and comes to all of it once', async () => {
    const child = start(['serve', '--port', '0'], { TESSERA_DATA: folder });
    for await (const text of child.stderr!.setEncoding('utf8') as AsyncIterable<string>)
      if (text.includes('Loading sample data')) break;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    child.kill('SIGKILL');
    let greeting = '';
    child.stdout!.setEncoding('utf8').on('data', (text: string) => (greeting += text));
    await once(child, 'close');
    assert.equal(greeting, '', 'it was killed too late');

    const server = await Served.start([], { TESSERA_DATA: folder }, { empty: false });
    const { accounts, contacts, deals, tickets, orders: salesOrders } = sampleSize;
    const wanted = { accounts, contacts, deals, tickets, salesOrders };
    for (const [module, size] of Object.entries(wanted)) assert.equal(await count(server, module), size, module);
    assert.deepEqual(Object.values(wanted), [200, 600, 300, 400, 1500]);
    await server.stop();
    const again = await Served.start([], { TESSERA_DATA: folder }, { empty: false });
    assert.doesNotMatch(again.greeting, /shown this once/);
    await again.stop();
  });

  test('leaves more to export than somebody reads, who hears no complaint when leaving early', async () => {
    const child = start(['export', 'contacts'], { TESSERA_DATA: folder });
    let note = '';
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (note += text));
    await once(child.stdout!, 'data');
    child.stdout!.destroy();
    const [code] = (await once(child, 'close')) as [number | null];
    assert.deepEqual([code, note], [141, '']);
  });
});

describe('a server that ends', () => {
  /** Creates accounts without a pause; resolves to the names that were acknowledged once the server is gone. */
  const write = async (server: Served, token: string, writer: number): Promise<readonly string[]> => {
    const acknowledged: string[] = [];
    for (let count = 0; ; count++) {
      const name = `w${writer}-${count}`;
      try {
        const answer = await server.ask('POST /v1/accounts', { token, body: { name } });
        await answer.arrayBuffer();
        if (answer.status === 201) acknowledged.push(name);
        else if (answer.status === 503) return acknowledged;
        else assert.fail(`Unexpected answer ${answer.status}`);
      } catch {
        return acknowledged;
      }
    }
  };

  const namesIn = async (server: Served, token: string): Promise<ReadonlySet<string>> => {
    const names = new Set<string>();
    for (let after: string | null = ''; after !== null;) {
      const page = (await (
        await server.ask(`GET /v1/accounts?limit=200&fields=name${after === '' ? '' : `&after=${after}`}`, { token })
      ).json()) as { readonly records: readonly { readonly name: string }[]; readonly next: string | null };
      for (const { name } of page.records) names.add(name);
      after = page.next;
    }
    return names;
  };

  /** Writes with four hands while the server is ended again and again, and looks for what was acknowledged. */
  const survive = async (environment: Environment, signals: readonly NodeJS.Signals[]): Promise<void> => {
    const acknowledged: string[] = [];
    let token: string | undefined;
    for (const [round, signal] of signals.entries()) {
      const server = await Served.start([], { TESSERA_RATE_LIMIT: '0', ...environment });
      token ??= keyIn(server.greeting);
      const writers = Promise.all([0, 1, 2, 3].map(async (writer) => write(server, token!, round * 10 + writer)));
      await new Promise((resolve) => setTimeout(resolve, 700));
      const code = await server.stop(signal);
      if (signal === 'SIGTERM') assert.equal(code, 0);
      acknowledged.push(...(await writers).flat());
    }
    const server = await Served.start([], environment);
    const names = await namesIn(server, token!);
    await server.stop();
    assert.ok(acknowledged.length > signals.length * 5, `only ${acknowledged.length} writes`);
    assert.deepEqual(
      acknowledged.filter((name) => !names.has(name)),
      [],
    );
  };

  test('loses nothing that it acknowledged, killed or stopped, with the embedded database', async () => {
    const folder = temporary();
    await survive({ TESSERA_DATA: folder }, ['SIGKILL', 'SIGTERM']);
    rmSync(folder, { recursive: true, force: true });
  });

  test('loses nothing that it acknowledged, killed or stopped, with PostgreSQL', { skip: postgres.skip }, async () => {
    const folder = temporary();
    const { url } = await createTestPostgres();
    await survive({ TESSERA_DATA: folder, DATABASE_URL: url }, ['SIGKILL', 'SIGTERM']);
    await dropTestPostgres(url);
    rmSync(folder, { recursive: true, force: true });
  });
});
