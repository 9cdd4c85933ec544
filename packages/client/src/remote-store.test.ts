import { serve } from '@hono/node-server';
import { create, update } from '@tessera-crm/model/change.js';
import type { CrmError } from '@tessera-crm/model/errors.js';
import type { IdOf } from '@tessera-crm/model/records.js';
import { added, fiveAccounts, id, names, refusal } from '@tessera-crm/model/testing/store-kit.js';
import { describeStore } from '@tessera-crm/model/testing/store-suite.js';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { served, type Served } from './testing/served.ts';

type AccountId = IdOf<'accounts'>;

const withServer =
  (work: (one: Served) => Promise<void>, options: Parameters<typeof served>[1] = {}) =>
  async (): Promise<void> => {
    const one = await served(serve, options);
    try {
      await work(one);
    } finally {
      await one.close();
    }
  };

/** Collects what a watcher is told and waits for what is wanted. */
const listening = <T>() => {
  const heard: T[] = [];
  const errors: CrmError[] = [];
  const until = async (wanted: () => boolean): Promise<void> => {
    while (!wanted()) await new Promise((resolve) => setTimeout(resolve, 2));
  };
  const observer = { next: (value: T) => void heard.push(value), error: (error: CrmError) => void errors.push(error) };
  return { heard, errors, observer, until };
};

describeStore({ describe, it }, { name: 'RemoteStore', open: () => served(serve) });

describe('RemoteStore', () => {
  it(
    'reads fifty records with one request and one token',
    (() => {
      let tokens = 0;
      const getToken = async () => ({ token: `t${++tokens}`, expiresIn: 600 });
      return withServer(
        async ({ server, store }) => {
          const ids = Array.from({ length: 50 }, () => id('accounts'));
          await store.apply(ids.map((one) => create('accounts', one, { name: `Account ${one}` })));
          const before = server.requests.length;
          const records = await Promise.all(ids.map((one) => store.get('accounts', one)));
          assert.deepEqual(
            records.map((record) => record.id),
            ids,
          );
          assert.equal(server.requests.length - before, 1);
          assert.equal(tokens, 1);
        },
        { getToken },
      );
    })(),
  );

  it(
    'refuses only the record that is missing among those read together',
    withServer(async ({ store }) => {
      const made = await added(store, 'accounts', { name: 'Here' });
      const [here, missing, odd] = await Promise.allSettled([
        store.get('accounts', made.id as AccountId),
        store.get('accounts', id('accounts')),
        store.get('accounts', 'not-an-id' as AccountId),
      ]);
      assert.equal(here.status, 'fulfilled');
      assert.equal((missing as PromiseRejectedResult).reason.code, 'not-found');
      assert.equal((odd as PromiseRejectedResult).reason.code, 'not-found');
    }),
  );

  it(
    'asks for equal lists under way once, and anew after a change',
    withServer(async ({ server, store }) => {
      await fiveAccounts(store);
      const pages = await Promise.all([1, 2, 3].map(() => store.list('accounts', { sort: ['name'] })));
      assert.equal(new Set(pages.map(names)).size, 1);
      assert.equal(server.count('/v1/accounts/query'), 1);
      server.faults.push({ type: 'delay', milliseconds: 30, on: 'query' });
      const old = store.list('accounts');
      await added(store, 'accounts', { name: 'New' });
      assert.match(names(await store.list('accounts')), /New/);
      await old;
    }),
  );

  it(
    'tells watchers of changes that others made, by one stream for all',
    withServer(async ({ server, store, url }) => {
      const made = await added(store, 'accounts', { name: 'Neri' });
      const one = listening<{ readonly name: string } | null>();
      const list = listening<{ readonly records: readonly unknown[] }>();
      store.watch('accounts', made.id as AccountId, one.observer);
      store.watchList('accounts', {}, list.observer);
      await one.until(() => one.heard.length > 0);
      await list.until(() => list.heard.length > 0 && server.feed.listeners > 0);
      await fetch(`${url}/v1/changes`, {
        method: 'POST',
        headers: { authorization: 'Bearer other' },
        body: JSON.stringify({
          changes: [update('accounts', made.id as AccountId, { name: 'Bianchi' })],
          atomic: true,
        }),
      });
      await one.until(() => one.heard.at(-1)?.name === 'Bianchi');
      await list.until(() => names(list.heard.at(-1)!) === 'Bianchi');
      assert.equal(server.count('/v1/sync/feed'), 1);
    }),
  );

  it(
    'closes the stream with the last watcher',
    withServer(async ({ server, store }) => {
      const { observer, heard, until } = listening();
      const stop = store.watchList('accounts', {}, observer);
      await until(() => heard.length > 0);
      while (server.feed.listeners === 0) await new Promise(setImmediate);
      stop();
      while (server.feed.listeners > 0) await new Promise(setImmediate);
      assert.equal(server.count('/v1/sync/feed'), 1);
    }),
  );

  it(
    'tells a watcher of the failure and, once it is over, of the value',
    withServer(
      async ({ server, store }) => {
        server.faults.push({
          type: 'answer',
          status: 500,
          on: 'query',
          body: '{"code":"internal","status":500,"title":"x"}',
        });
        const { observer, heard, errors, until } = listening();
        store.watchList('accounts', {}, observer);
        await until(() => heard.length > 0);
        assert.deepEqual(
          errors.map(({ code }) => code),
          ['internal'],
        );
      },
      { retry: { limit: 0 } },
    ),
  );

  it(
    'asks now and then when there is no stream',
    withServer(async ({ server, store }) => {
      const noStream = Array.from({ length: 9 }, () => ({ type: 'answer', status: 404, on: 'feed' }) as const);
      server.faults.push(...noStream);
      const { observer, heard, until } = listening<{ readonly records: readonly unknown[] }>();
      store.watchList('accounts', {}, observer);
      await until(() => heard.length > 0);
      server.memory.fill('accounts', [{ id: id('accounts'), version: 1, name: 'Quiet', deletedAt: null }]);
      await until(() => names(heard.at(-1)!) === 'Quiet');
      assert.equal(server.feed.listeners, 0);
    }),
  );

  it(
    'asks everything again, as the other person, when somebody else signed in',
    (() => {
      let tokens = 0;
      const getToken = async () => ({ token: `t${++tokens}`, expiresIn: 600 });
      return withServer(
        async ({ server, store }) => {
          const { observer, heard, until } = listening<{ readonly records: readonly unknown[] }>();
          store.watchList('accounts', {}, observer);
          await until(() => server.feed.listeners > 0);
          server.memory.fill('accounts', [{ id: id('accounts'), version: 1, name: 'Theirs', deletedAt: null }]);
          server.tokens = new Set(['t2']);
          store.renewToken('identity');
          await until(() => names(heard.at(-1)!) === 'Theirs');
          assert.equal(tokens, 2);
        },
        { getToken },
      );
    })(),
  );

  it(
    'carries a change out once although its answer was lost',
    withServer(async ({ server, store }) => {
      server.faults.push({ type: 'drop-answer', on: 'changes' });
      const made = await added(store, 'accounts', { name: 'Once' });
      assert.equal(made.name, 'Once');
      assert.equal(server.count('/v1/changes'), 2);
      assert.equal((await store.list('accounts')).records.length, 1);
    }),
  );

  it(
    'refuses answers that are not of the protocol',
    withServer(async ({ server, store }) => {
      for (const body of ['<html>Sign in</html>', '{"records":', '{}', '{"records":[{"no":"id"}]}', '[]']) {
        server.faults.push({ type: 'answer', status: 200, body });
        await refusal(store.list('accounts'), 'schema-mismatch');
      }
      server.faults.push({ type: 'answer', status: 200, body: '{"name":"no id"}' });
      await refusal(store.get('accounts', id('accounts')), 'schema-mismatch');
      server.faults.push({ type: 'answer', status: 200, body: '{"results":[]}' });
      await refusal(store.apply([create('accounts', id('accounts'), { name: 'x' })]), 'schema-mismatch');
    }),
  );
});
