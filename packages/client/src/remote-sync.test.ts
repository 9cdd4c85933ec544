import { serve } from '@hono/node-server';
import { create } from '@tessera-crm/model/change.js';
import type { IdOf } from '@tessera-crm/model/records.js';
import { added, id, refusal } from '@tessera-crm/model/testing/store-kit.js';
import { newClient, pushOf, successOf, type OpenedDoor } from '@tessera-crm/model/testing/sync-door-kit.js';
import { describeSyncDoor } from '@tessera-crm/model/testing/sync-door-suite.js';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RemoteStore } from './remote-store.ts';
import { served, type Served } from './testing/served.ts';

const open = async (): Promise<OpenedDoor> => {
  const { server, store, url, close } = await served(serve);
  const others = new RemoteStore({ url, token: 'other' });
  const { sync } = server.memory;
  return { door: store.sync, others, forget: async () => sync.forget(), raise: async () => sync.setSight(null), close };
};

describeSyncDoor({ describe, it }, { name: 'RemoteSync', open });

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

describe('RemoteSync', () => {
  it(
    'R10 sends a push again whose answer was lost, and it is carried out once',
    withServer(async ({ server, store }) => {
      server.faults.push({ type: 'drop-answer', on: 'push' });
      const pushed = await store.sync.push(
        pushOf(newClient(), 1, [create('accounts', id('accounts'), { name: 'Once' })]),
      );
      assert.equal(successOf(pushed).touched?.length, 1);
      assert.equal(server.count('/v1/sync/push'), 2);
      assert.equal((await store.list('accounts')).records.length, 1);
    }),
  );

  it(
    'waits for news longer than for other answers',
    withServer(
      async ({ server, store }) => {
        server.faults.push({ type: 'delay', milliseconds: 100, on: 'feed' });
        const asked = store.sync.news(0);
        await added(store, 'accounts', { name: 'A' });
        assert.equal((await asked).events.length, 1);
        assert.equal(server.count('/v1/sync/feed'), 1);
      },
      { timeout: 60 },
    ),
  );

  it(
    'stops waiting for news when the caller gives up',
    withServer(async ({ server, store }) => {
      const stop = new AbortController();
      const asked = store.sync.news(0, { signal: stop.signal });
      while (server.count('/v1/sync/feed') === 0) await new Promise(setImmediate);
      stop.abort();
      await refusal(asked, 'aborted');
    }),
  );

  it(
    'tells watchers of the store what it pushed, at once',
    withServer(async ({ server, store }) => {
      const made = await added(store, 'accounts', { name: 'Before' });
      const heard: (string | undefined)[] = [];
      store.watch('accounts', made.id as IdOf<'accounts'>, { next: (record) => void heard.push(record?.name) });
      while (heard.length === 0 || server.feed.listeners === 0) await new Promise((resolve) => setTimeout(resolve, 2));
      server.feed.end();
      server.faults.push(...Array.from({ length: 3 }, () => ({ type: 'answer', status: 404, on: 'feed' }) as const));
      await store.sync.push(
        pushOf(newClient(), 1, [{ op: 'update', module: 'accounts', id: made.id, values: { name: 'After' } }]),
      );
      while (heard.at(-1) !== 'After') await new Promise((resolve) => setTimeout(resolve, 2));
    }),
  );

  it(
    'refuses answers that are not of the protocol',
    withServer(async ({ server, store: { sync } }) => {
      const stamp = { asOf: 1, aclSeq: 0, last: 0 };
      const page = { ...stamp, records: [] };
      const outcome = { ok: true, mid: 1 };
      const verified = { ...stamp, fieldsSeq: 0, gone: [], changed: [] };
      const asks: readonly (readonly [ask: () => Promise<unknown>, good: object, ...bad: unknown[]])[] = [
        [() => sync.query('accounts', {}), page, { records: [] }, stamp, { ...page, records: [{}] }, null],
        [
          () => sync.records('accounts', []),
          { ...page, gone: [] },
          page,
          { ...stamp, gone: [] },
          { records: [], gone: [] },
        ],
        [() => sync.verify('accounts', []), verified, { ...verified, fieldsSeq: null }, { ...verified, changed: {} }],
        [
          () => sync.push(pushOf(newClient(), 1, [])),
          { ...stamp, outcomes: [outcome] },
          stamp,
          { outcomes: [outcome] },
          { ...stamp, outcomes: [{ ok: true }] },
          { ...stamp, outcomes: [{ ok: false, mid: 1 }] },
          { ...stamp, outcomes: [null] },
        ],
        [
          () => sync.news(0),
          { events: [{ seq: 1, changes: [] }], cursor: 1, aclSeq: 0 },
          { events: [] },
          { events: [{ seq: 1 }], cursor: 1, aclSeq: 0 },
          { events: [null], cursor: 1, aclSeq: 0 },
        ],
      ];
      for (const [ask, good, ...bad] of asks) {
        server.faults.push({ type: 'answer', status: 200, body: JSON.stringify(good) });
        await ask();
        for (const body of bad) {
          server.faults.push({ type: 'answer', status: 200, body: JSON.stringify(body) });
          await refusal(ask(), 'schema-mismatch');
        }
      }
    }),
  );
});
