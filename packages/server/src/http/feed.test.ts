import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Tenant } from '../auth/access.ts';
import { engines } from '../testing/test-database.ts';
import { TestApp, testOrigin } from '../testing/test-app.ts';

/** Milliseconds; longer than the feed takes between two looks of its own. */
const pollTime = 3_000;

interface Told {
  readonly id: string | undefined;
  readonly event: string | undefined;
  readonly data:
    | {
        readonly seq?: number;
        readonly changes?: readonly { readonly module: string; readonly id: string; readonly op: string }[];
      }
    | undefined;
}

/** Reads events as they come; comments and ids without data are told as well. */
class Reader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #decoder = new TextDecoder();
  #text = '';

  constructor(response: Response) {
    assert.equal(response.headers.get('content-type'), 'text/event-stream');
    this.#reader = response.body!.getReader();
  }

  /** Undefined at the end. */
  async next(): Promise<Told | undefined> {
    while (!this.#text.includes('\n\n')) {
      const { done, value } = await this.#reader.read();
      if (done) return undefined;
      this.#text += this.#decoder.decode(value, { stream: true });
    }
    const end = this.#text.indexOf('\n\n');
    const block = this.#text.slice(0, end);
    this.#text = this.#text.slice(end + 2);
    const field = (name: string): string | undefined => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
    const data = field('data');
    return {
      id: field('id'),
      event: field('event'),
      data: data === undefined ? undefined : (JSON.parse(data) as Told['data']),
    };
  }

  async nextChange(): Promise<Told> {
    for (;;) {
      const told = await this.next();
      if (!told) return assert.fail('The stream ended.');
      if (told.event === 'change') return told;
    }
  }

  async cancel(): Promise<void> {
    await this.#reader.cancel();
  }
}

for (const engine of engines)
  describe(`the feed of changes, on ${engine.name}`, { skip: engine.skip }, () => {
    let app: TestApp;
    let tenant: Tenant;
    let token: string;

    before(async () => {
      app = await TestApp.open(engine, { streams: { times: { poll: pollTime } } });
      tenant = await app.tenant('demo');
      token = await app.key(tenant);
    });
    after(async () => app.close());

    const account = async (name = 'Acme', by = token): Promise<string> =>
      String((await app.ask('POST /v1/accounts', { token: by, body: { name } })).at('id'));
    const follow = async (query = '', headers: Readonly<Record<string, string>> = {}, by = token): Promise<Reader> =>
      new Reader(await app.fetch(`GET /v1/sync/feed${query}`, { token: by, headers }));
    const poll = async (query: string, by = token) =>
      app.ask(`GET /v1/sync/feed${query}`, { token: by, headers: { accept: 'application/json' } });

    test('tells what was made, changed and deleted, in this order', async () => {
      const reader = await follow();
      const id = await account();
      await app.ask(`PATCH /v1/accounts/${id}`, { token, body: { name: 'B' } });
      await app.ask(`DELETE /v1/accounts/${id}`, { token });
      const told = [await reader.nextChange(), await reader.nextChange(), await reader.nextChange()];
      assert.deepEqual(
        told.map(({ data }) => data?.changes?.map((change) => [change.module, change.id, change.op])),
        [[['accounts', id, 'create']], [['accounts', id, 'update']], [['accounts', id, 'delete']]],
      );
      const cursors = told.map(({ id: cursor }) => Number(cursor));
      assert.deepEqual(cursors, [cursors[0]!, cursors[0]! + 1, cursors[0]! + 2]);
      await reader.cancel();
    });

    test('holds no values, only what to read again', async () => {
      const reader = await follow();
      await account('Very secret name');
      assert.equal(JSON.stringify(await reader.nextChange()).includes('secret'), false);
      await reader.cancel();
    });

    test('goes on after the last event that was seen, without a gap', async () => {
      const reader = await follow();
      await account();
      const { id: seen } = await reader.nextChange();
      await reader.cancel();
      const missed = [await account(), await account()];
      for (const again of [await follow('', { 'last-event-id': seen! }), await follow(`?cursor=${seen}`)]) {
        const told = [await again.nextChange(), await again.nextChange()];
        assert.deepEqual(
          told.map(({ data }) => data?.changes?.[0]?.id),
          missed,
        );
        await again.cancel();
      }
    });

    test('tells those who have a cursor from the future to begin anew', async () => {
      const reader = await follow('?cursor=999999999');
      const told = [await reader.next(), await reader.next(), await reader.next()];
      assert.deepEqual(
        told.map((one) => one?.event),
        ['rights', 'reset', 'bye'],
      );
      assert.equal(await reader.next(), undefined);
      assert.equal((await poll('?cursor=999999999')).at('reset'), true);
      assert.equal((await poll('?cursor=-1')).status, 400);
      assert.equal((await poll('?since=1')).status, 400);
    });

    test('answers one poll at a time: at once, or as soon as there is something', async () => {
      const start = await poll('');
      assert.deepEqual(start.at('events'), []);
      const cursor = String(start.at('cursor'));
      const [answer, id] = await Promise.all([poll(`?cursor=${cursor}`), account()]);
      assert.equal(answer.at('events.0.changes.0.id'), id);
      assert.deepEqual((await poll(`?cursor=${cursor}`)).json, answer.json);
    });

    test('lets a poll wait for as long as nothing happens', async () => {
      const cursor = Number((await poll('')).at('cursor'));
      const since = performance.now();
      assert.deepEqual((await poll(`?cursor=${cursor}`)).json, { events: [], cursor, aclSeq: 0 });
      // timers round down
      assert.ok(performance.now() - since >= pollTime - 2);
    });

    test('R19: tells of the modules that were asked for, and refuses more of them than there may be', async () => {
      const cursor = Number((await poll('')).at('cursor'));
      const id = await account();
      await app.ask('POST /v1/contacts', { token, body: { name: { first: 'Ada', last: 'Lovelace' } } });
      const told = await poll(`?cursor=${cursor}&modules=accounts,deals`);
      assert.deepEqual(
        [told.at('events.0.changes.0.id'), told.at('events.1'), told.at('cursor')],
        [id, undefined, cursor + 2],
      );
      const stream = await follow(`?cursor=${cursor}&modules=contacts`);
      assert.equal((await stream.nextChange()).data?.changes?.[0]?.module, 'contacts');
      await stream.cancel();
      const many = Array.from({ length: 201 }, (_, n) => `m${n}`).join();
      const refused = await poll(`?cursor=${cursor}&modules=${many}`);
      assert.deepEqual([refused.status, refused.at('errors.0.path')], [400, '/modules']);
    });

    test('is for one tenant', async () => {
      const other = await app.key(await app.tenant('other'));
      const reader = await follow();
      await account('Theirs', other);
      const id = await account('Ours');
      assert.equal((await reader.nextChange()).data?.changes?.[0]?.id, id);
      await reader.cancel();
    });

    test('tells customers of their own records only', async () => {
      const contact = String(
        (await app.ask('POST /v1/contacts', { token, body: { name: { last: 'Rossi' } } })).at('id'),
      );
      const customer = await app.token(tenant, { subject: { module: 'contacts', id: contact } });
      const reader = await follow('', {}, customer);
      const ticket = async (values: object): Promise<string> =>
        String((await app.ask('POST /v1/tickets', { token, body: { subject: 'x', ...values } })).at('id'));
      await account();
      await ticket({});
      await ticket({ contact, portalVisible: false });
      const own = await ticket({ contact });
      assert.deepEqual(
        (await reader.nextChange()).data?.changes?.map(({ id }) => id),
        [own],
      );
      await reader.cancel();
      const narrow = await app.key(tenant, { scope: ['tickets:read'] });
      const cursor = String((await poll('')).at('cursor'));
      await account();
      await ticket({});
      const { json } = await poll(`?cursor=${cursor}`, narrow);
      assert.deepEqual(
        (json as { events: { changes: { module: string }[] }[] }).events.flatMap(({ changes }) =>
          changes.map(({ module }) => module),
        ),
        ['tickets'],
      );
    });

    test('says that it is alive, and ends by itself', async () => {
      const short = await TestApp.open(
        { ...engine, open: async () => app.database },
        { streams: { times: { keepAlive: 20, life: 120 } } },
      );
      const response = await short.fetch('GET /v1/sync/feed', { token });
      const text = await response.text();
      assert.match(text, /: alive\n\n/);
      assert.match(text, /event: bye\ndata: \{\}\n\n$/);
      await short.app.stop();
    });

    test('is not open for more streams than one may hold', async () => {
      const few = await TestApp.open(
        { ...engine, open: async () => app.database },
        { streams: { maxStreams: { each: 2, all: 3 } } },
      );
      const open = async (by: string): Promise<Response> => few.fetch('GET /v1/sync/feed', { token: by });
      const second = await app.key(tenant);
      const statuses = [
        await open(token),
        await open(token),
        await open(token),
        await open(second),
        await open(second),
      ];
      assert.deepEqual(
        statuses.map(({ status }) => status),
        [200, 200, 429, 200, 429],
      );
      await statuses[0]?.body?.cancel();
      assert.equal((await open(token)).status, 200);
      await few.app.stop();
    });

    test('says goodbye when the server stops, and takes no more requests', async () => {
      const ending = await TestApp.open({ ...engine, open: async () => app.database });
      const reader = new Reader(
        await ending.app.fetch(
          new Request(`${testOrigin}/v1/sync/feed`, { headers: { authorization: `Bearer ${token}` } }),
        ),
      );
      await ending.app.stop();
      const told = [];
      for (let one = await reader.next(); one; one = await reader.next()) told.push(one.event);
      assert.equal(told.at(-1), 'bye');
      const late = await ending.ask('GET /v1/accounts', { token });
      assert.deepEqual([late.status, late.at('code'), late.headers.get('retry-after')], [503, 'unavailable', '1']);
      assert.equal((await ending.ask('GET /readyz')).status, 503);
    });
  });
