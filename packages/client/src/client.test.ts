import { serve } from '@hono/node-server';
import { create } from '@tessera-crm/model/change.js';
import { isCrmError } from '@tessera-crm/model/errors.js';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import { added, fiveAccounts, id } from '@tessera-crm/model/testing/store-kit.js';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createClient, type Client, type ClientOptions, type LiveEvent } from './client.ts';
import { served, type Served } from './testing/served.ts';

const withClient = async (
  work: (one: Served & { readonly client: Client }) => Promise<void>,
  options: Partial<ClientOptions> = {},
): Promise<void> => {
  const one = await served(serve);
  const client = createClient({ url: one.url, token: 'key', registry: builtInRegistry(), ...options });
  try {
    await work({ ...one, client });
  } finally {
    await one.close();
  }
};

describe('createClient', () => {
  it('creates, reads, changes, removes and restores a record', () =>
    withClient(async ({ client }) => {
      const made = await client.accounts.create({ name: 'Neri' });
      assert.equal((await client.accounts.get(made.id)).name, 'Neri');
      const changed = await client.accounts.update(made.id, { employees: 7 }, { base: made.version });
      assert.deepEqual([changed.employees, changed.version], [7, 2]);
      await client.accounts.remove(made.id);
      await assert.rejects(client.accounts.get(made.id), (error) => isCrmError(error, 'not-found'));
      assert.equal((await client.accounts.restore(made.id)).name, 'Neri');
      assert.deepEqual(
        (await client.accounts.history(made.id)).map(({ version }) => version),
        [4, 3, 2, 1],
      );
    }));

  it('walks all records page by page, as far as they are read', () =>
    withClient(async ({ client, server }) => {
      await fiveAccounts(client.store);
      const seen: string[] = [];
      for await (const { name } of client.accounts.each({ sort: ['name'], limit: 2 })) seen.push(name);
      assert.deepEqual(seen, ['acme', 'Árbol', 'Beta', 'Città Verde', 'Zeta']);
      assert.equal(server.count('/v1/accounts/query'), 3);
      for await (const { records } of client.accounts.pages({ limit: 2 })) {
        assert.equal(records.length, 2);
        break;
      }
      assert.equal(server.count('/v1/accounts/query'), 4);
    }));

  it('brings linked records along and measures groups', () =>
    withClient(async ({ client }) => {
      const account = await client.accounts.create({ name: 'Acme', industry: 'it' });
      await added(client.store, 'sites', { account: account.id, name: 'HQ', address: { city: 'Milano' } });
      const { records, included } = await client.sites.list({ include: ['account'] });
      assert.equal(included?.accounts[records[0]!.account!]?.name, 'Acme');
      assert.deepEqual(await client.accounts.aggregate({ rows: ['industry'], measures: [{ fn: 'count' }] }), [
        { keys: ['it'], values: [1] },
      ]);
    }));

  it('serves modules that are known at run time only', () =>
    withClient(async ({ client }) => {
      const made = await client.module('accounts' as string).create({ name: 'Dynamic' });
      assert.equal(made['name'], 'Dynamic');
      assert.equal(client.module('accounts'), client.accounts);
      assert.equal(await Promise.resolve(client), client);
    }));

  it('refuses records that do not fit the module, when it has the modules', () =>
    withClient(async ({ client, server, url }) => {
      const one = id('accounts');
      server.memory.fill('accounts', [{ id: one, version: 1, name: 7, deletedAt: null, archivedAt: null }]);
      await assert.rejects(client.accounts.get(one), (error) => isCrmError(error, 'schema-mismatch'));
      await assert.rejects(client.accounts.list(), (error) => isCrmError(error, 'schema-mismatch'));
      const unchecked = createClient({ url, token: 'key' });
      assert.equal((await unchecked.accounts.get(one)).name, 7 as unknown);
    }));

  it('checks only the fields that were asked for', () =>
    withClient(async ({ client }) => {
      await client.accounts.create({ name: 'Neri' });
      const { records } = await client.accounts.list({ fields: ['name'] });
      assert.deepEqual(Object.keys(records[0]!).toSorted(), ['id', 'name', 'version']);
    }));

  it('uploads a file once and gives a link to it', () =>
    withClient(async ({ client, server }) => {
      const progress: unknown[] = [];
      const file = await client.files.upload(new Blob(['hello'], { type: 'text/plain' }), {
        name: 'è & co.txt',
        onProgress: (now) => progress.push(now),
      });
      assert.deepEqual([file.name, file.type, file.size], ['è & co.txt', 'text/plain', 5]);
      assert.deepEqual(progress, [{ loaded: 5, total: 5 }]);
      assert.match((await client.files.link(file.id)).url, new RegExp(file.id));
      server.faults.push({ type: 'drop', on: 'files' });
      await assert.rejects(client.files.upload(new Blob(['x'])), (error) => isCrmError(error, 'network'));
      assert.equal(server.count('/v1/files'), 2);
    }));

  it('says what this identity may see', () =>
    withClient(async ({ client }) => assert.equal((await client.meta()).currency, 'EUR')));

  it('gives what each change of a batch came to', () =>
    withClient(async ({ client }) => {
      const results = await client.apply(
        [create('accounts', id('accounts'), { name: 'Good' }), create('accounts', id('accounts'), {} as never)],
        { atomic: false },
      );
      assert.deepEqual(
        results.map((result) => (result.ok ? 'ok' : result.error.code)),
        ['ok', 'validation'],
      );
    }));
});

describe('live events', () => {
  /** Reads events until there are enough. */
  const read = async (events: AsyncIterable<LiveEvent>, count: number): Promise<readonly LiveEvent[]> => {
    const seen: LiveEvent[] = [];
    for await (const event of events) {
      seen.push(event);
      if (seen.length === count) break;
    }
    return seen;
  };

  it('come in order and go on after the server ended the stream', () =>
    withClient(async ({ client, server }) => {
      const controller = new AbortController();
      const reading = read(client.live({ cursor: 0, signal: controller.signal }), 3);
      await client.accounts.create({ name: 'One' });
      while (server.feed.listeners === 0) await new Promise(setImmediate);
      server.feed.end();
      await client.accounts.create({ name: 'Two' });
      await client.accounts.create({ name: 'Three' });
      assert.deepEqual(
        (await reading).map((event) => event.type === 'change' && event.seq),
        [1, 2, 3],
      );
      while (server.feed.listeners > 0) await new Promise(setImmediate);
    }));

  it('say when too much was missed', () =>
    withClient(async ({ client, server }) => {
      await client.accounts.create({ name: 'One' });
      server.feed.forget();
      const { signal } = new AbortController();
      assert.deepEqual(await read(client.live({ cursor: 0, signal }), 1), [{ type: 'reset' }]);
    }));

  it('come back after a refused token', () =>
    withClient(
      async ({ client, server }) => {
        server.tokens = new Set(['t2']);
        server.faults.push({ type: 'drop', on: 'feed' });
        const { signal } = new AbortController();
        const reading = read(client.live({ cursor: 0, signal }), 1);
        await client.accounts.create({ name: 'One' });
        assert.equal((await reading)[0]?.type, 'change');
      },
      {
        getToken: (() => {
          let count = 0;
          return async () => ({ token: `t${++count}`, expiresIn: 600 });
        })(),
      },
    ));

  it('end when the caller gives up', () =>
    withClient(async ({ client, server }) => {
      const controller = new AbortController();
      const reading = read(client.live({ signal: controller.signal }), 9);
      while (server.feed.listeners === 0) await new Promise(setImmediate);
      controller.abort();
      assert.deepEqual(await reading, []);
    }));
});
