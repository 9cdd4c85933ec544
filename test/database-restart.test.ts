import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChangeEvent } from '@tessera-crm/model/protocol/events.js';
import type { Pushed } from '@tessera-crm/model/protocol/sync/messages.js';
import { openDatabase } from '../packages/server/src/database/open-database.ts';
import { migrate } from '../packages/server/src/sql/migrate.ts';
import { TestApp } from '../packages/server/src/testing/test-app.ts';
import { findPostgres, startPostgres } from '../tools/postgres.mjs';

const clients = 4;

/** Milliseconds that a busy machine may take to tell of everything. */
const patience = 30_000;
const programs = findPostgres();

/** A client that sends its changes until it is told to stop, and sends again what it has heard nothing of. */
const pushing = async (
  app: TestApp,
  token: string,
  { isOver }: { readonly isOver: () => boolean },
): Promise<readonly string[]> => {
  const client = crypto.randomUUID();
  const acknowledged: string[] = [];
  for (let mid = 1; !isOver();) {
    const id = crypto.randomUUID();
    const mutations = [{ mid, changes: [{ op: 'create', module: 'accounts', id, values: { name: client } }] }];
    for (let isHeard = false; !isHeard;) {
      const answer = await app.ask('POST /v1/sync/push', { token, body: { client, heard: mid - 1, mutations } });
      isHeard = answer.status === 200;
      if (!isHeard) {
        assert.ok(answer.status === 503, answer.text);
        await sleep(50);
        continue;
      }
      const { last, outcomes } = answer.json as Pushed;
      assert.deepEqual([last, outcomes[0]?.ok], [mid, true], answer.text);
    }
    acknowledged.push(id);
    mid++;
  }
  return acknowledged;
};

/** Whoever follows the changes, and comes back when the stream breaks. */
const following = async (app: TestApp, token: string, heard: ChangeEvent[], isOver: () => boolean) => {
  let cursor = 0;
  let breaks = 0;
  const stop = new AbortController();
  while (!isOver()) {
    const response = await app.fetch(`GET /v1/sync/feed?cursor=${cursor}`, { token, signal: stop.signal });
    if (response.status !== 200) {
      breaks++;
      await sleep(50);
      continue;
    }
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    for (let text = ''; !isOver();) {
      const part = await Promise.race([reader.read(), sleep(100, null)]);
      // a read under way would swallow what comes next: look at it again
      if (part === null) {
        await reader.cancel();
        break;
      }
      if (part.done) break;
      text += part.value;
      const blocks = text.split('\n\n');
      text = blocks.pop()!;
      for (const block of blocks) {
        const data = /^event: change\ndata: (.*)$/m.exec(block)?.[1];
        if (data !== undefined) heard.push(JSON.parse(data) as ChangeEvent);
        cursor = Math.max(cursor, Number(/^id: (\d+)$/m.exec(block)?.[1] ?? 0));
      }
    }
    await reader.cancel().catch(() => undefined);
  }
  return breaks;
};

const open = async (context: TestContext) => {
  // what is committed is to be there after a crash, as it is wherever data count
  const cluster = await startPostgres(programs!, { synchronous_commit: 'on' });
  const database = await openDatabase(cluster.url);
  await migrate(database);
  const app = await TestApp.open({ name: 'PostgreSQL', skip: false, open: async () => database });
  context.after(async () => {
    await app.close();
    await cluster.stop();
  });
  const tenant = await app.tenant('demo');
  return { app, cluster, token: await app.key(tenant) };
};

describe(
  'a database that goes away under load',
  { skip: programs === undefined && 'no PostgreSQL is installed' },
  () => {
    for (const [how, signal] of [
      ['in order', 'SIGINT'],
      ['in the middle of everything', 'SIGQUIT'],
    ] as const)
      test(`${how}, and comes back: nothing acknowledged is lost, and streams go on without a gap`, async (context) => {
        const { app, cluster, token } = await open(context);
        let [isWritten, isOver] = [false, false];
        const writing = Promise.all(
          Array.from({ length: clients }, async () => pushing(app, token, { isOver: () => isWritten })),
        );
        const heard: ChangeEvent[] = [];
        const seen = (): readonly string[] => heard.flatMap(({ changes }) => changes.map(({ id }) => id));
        const reading = following(app, token, heard, () => isOver);
        await sleep(1_000);
        const goOn = await cluster.halt(signal);
        await sleep(500);
        await goOn();
        await sleep(1_500);
        isWritten = true;
        const acknowledged = (await writing).flat();
        for (const end = performance.now() + patience; seen().length < acknowledged.length; await sleep(50))
          if (performance.now() > end) break;
        // one more look, for what should not be there
        await sleep(200);
        isOver = true;
        const breaks = await reading;
        assert.ok(breaks > 0 && acknowledged.length > clients, `${acknowledged.length} changes, ${breaks} breaks`);
        const stored = Number((await app.ask('GET /v1/accounts?count=exact&limit=1', { token })).at('count'));
        assert.equal(stored, acknowledged.length);
        assert.deepEqual(seen().toSorted(), acknowledged.toSorted());
        assert.deepEqual(
          heard.map(({ seq }) => seq),
          Array.from({ length: stored }, (_, index) => index + 1),
        );
      });
  },
);
