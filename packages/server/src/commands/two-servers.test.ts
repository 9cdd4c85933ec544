import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { keyIn, Served } from '../testing/served.ts';
import { createTestPostgres, dropTestPostgres, postgres } from '../testing/test-database.ts';

const changes = 15;

/** Milliseconds that a busy machine may take; what it takes a quiet one, the benchmark `feed` says. */
const patience = 20_000;

const open = async (context: TestContext): Promise<readonly [Served, Served, string]> => {
  const { url } = await createTestPostgres();
  const folder = mkdtempSync(join(tmpdir(), 'tessera-two-'));
  const started: Served[] = [];
  context.after(async () => {
    await Promise.all(started.map((server) => server.stop()));
    await dropTestPostgres(url);
    rmSync(folder, { recursive: true, force: true });
  });
  // one after the other: the first one makes the tenant and its key
  for (let index = 0; index < 2; index++)
    started.push(await Served.start([], { TESSERA_DATA: folder, DATABASE_URL: url }));
  return [started[0]!, started[1]!, keyIn(started[0]!.greeting)];
};

/** The ids that a stream has told of so far. */
const follow = async (server: Served, token: string): Promise<ReadonlySet<string>> => {
  const response = await server.ask('GET /v1/sync/feed', { token });
  const heard = new Set<string>();
  void (async () => {
    for await (const text of response.body!.pipeThrough(new TextDecoderStream()))
      for (const [, id] of text.matchAll(/"id":"([^"]+)"/g)) heard.add(id!);
  })().catch(() => undefined);
  return heard;
};

describe('two servers on one database', { skip: postgres.skip }, () => {
  test('tell their streams of each other’s changes in time', async (context) => {
    const [one, two, token] = await open(context);
    const heard = await follow(two, token);
    for (let index = 0; index < changes; index++) {
      const answer = await one.ask('POST /v1/accounts', { token, body: { name: 'Acme' } });
      const { id } = (await answer.json()) as { readonly id: string };
      const end = performance.now() + patience;
      while (!heard.has(id) && performance.now() < end) await sleep(5);
      assert.ok(heard.has(id), `nobody was told of the ${index + 1}th change`);
      // not in step with the looks
      await sleep(37);
    }
  });

  test('count a client’s changes together, whichever of them it sends them to', async (context) => {
    const servers = await open(context);
    const token = servers[2];
    const client = crypto.randomUUID();
    for (let mid = 1; mid <= 6; mid++) {
      const id = crypto.randomUUID();
      const body = {
        client,
        heard: mid - 1,
        mutations: [{ mid, changes: [{ op: 'create', module: 'accounts', id, values: { name: 'Both' } }] }],
      };
      // to both at once: one of them is first
      const answers = await Promise.all(
        [servers[0], servers[1]].map(async (server) =>
          (await server.ask('POST /v1/sync/push', { token, body })).json(),
        ),
      );
      for (const answer of answers as readonly { readonly last: number }[]) assert.equal(answer.last, mid);
    }
    const { count } = (await (await servers[0].ask('GET /v1/accounts?count=exact&limit=1', { token })).json()) as {
      readonly count: number;
    };
    assert.equal(count, 6);
  });
});
