import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  syncNewsMessage,
  syncPageMessage,
  verifiedMessage,
  type SyncPage,
} from '@tessera-crm/model/protocol/sync/messages.js';
import type { Tenant } from '../auth/access.ts';
import { engines } from '../testing/test-database.ts';
import { TestApp, type Answer } from '../testing/test-app.ts';

type Values = Readonly<Record<string, unknown>>;

for (const engine of engines)
  describe(`what caches ask, on ${engine.name}`, { skip: engine.skip }, () => {
    let app: TestApp;
    let tenant: Tenant;
    let token: string;

    before(async () => {
      app = await TestApp.open(engine);
      tenant = await app.tenant('demo');
      token = await app.key(tenant);
    });
    after(async () => app.close());

    const ask = async (what: string, body: object, by = token): Promise<Answer> =>
      app.ask(`POST /v1/sync/${what}`, { token: by, body });
    const made = async (module: string, values: Values): Promise<string> => {
      const answer = await app.ask(`POST /v1/${module}`, { token, body: values });
      assert.equal(answer.status, 201, answer.text);
      return String(answer.at('id'));
    };
    const head = async (): Promise<number> =>
      Number((await app.ask('GET /v1/sync/feed', { token, headers: { accept: 'application/json' } })).at('cursor'));

    test('a page comes with what the server knew, and with whole records', async () => {
      const id = await made('accounts', { name: 'Page' });
      const client = crypto.randomUUID();
      await ask('push', { client, heard: 0, mutations: [{ mid: 1, changes: [] }] });
      const query = { where: { id: { is: id } }, count: 'exact', include: ['parent'], fields: ['name'] };
      const page = syncPageMessage.parse((await ask('query', { module: 'accounts', query, client })).json);
      assert.deepEqual([page.asOf, page.aclSeq, page.last, page.count], [await head(), 0, 1, 1]);
      assert.deepEqual(page.records, [(await app.ask(`GET /v1/accounts/${id}`, { token })).json]);
      assert.deepEqual([page.next, page.included], [null, { accounts: {} }]);
      assert.equal((await ask('query', { module: 'accounts', query: { where: { nothing: 1 } } })).status, 400);
      assert.equal((await ask('query', { module: 'nothing', query: {} })).status, 404);
    });

    test('records by name are told when they are newer or gone, and not otherwise', async () => {
      const [same, newer, gone] = [
        await made('accounts', { name: 'Same' }),
        await made('accounts', { name: 'Newer' }),
        await made('accounts', { name: 'Gone' }),
      ];
      const archived = await made('accounts', { name: 'New to the caller' });
      const never = crypto.randomUUID();
      await app.ask(`PATCH /v1/accounts/${newer}`, { token, body: { name: 'Newer still' } });
      await app.ask(`DELETE /v1/accounts/${gone}`, { token });
      const known = [
        [same, 1],
        [newer, 1],
        [gone, 1],
        [archived, 0],
        [never, 0],
      ];
      const news = syncNewsMessage.parse((await ask('records', { module: 'accounts', known })).json);
      assert.deepEqual(news.records.map(({ id }) => id).toSorted(), [newer, archived].toSorted());
      assert.deepEqual(news.gone, [gone, never]);
      assert.equal(news.asOf, await head());
      const verified = verifiedMessage.parse((await ask('verify', { module: 'accounts', known })).json);
      assert.deepEqual(verified.gone, [gone, never]);
      assert.deepEqual(
        new Map(verified.changed),
        new Map([
          [newer, 2],
          [archived, 1],
        ]),
      );
      assert.equal((await ask('records', { module: 'nothing', known })).status, 404);
    });

    test('a thousand names are asked about at once, and no more', async () => {
      const known = Array.from({ length: 1000 }, () => [crypto.randomUUID(), 1]);
      const verified = await ask('verify', { module: 'accounts', known });
      assert.equal((verified.at('gone') as readonly unknown[]).length, 1000);
      assert.equal((await ask('verify', { module: 'accounts', known: [...known, known[0]] })).status, 400);
    });

    describe('everything of a kind', () => {
      const name = 'Bulk';
      const total = 1_203;

      before(async () => {
        for (let start = 0; start < total; start += 401) {
          const changes = Array.from({ length: 401 }, () => ({
            op: 'create',
            module: 'accounts',
            id: crypto.randomUUID(),
            values: { name },
          }));
          assert.equal((await app.ask('POST /v1/changes', { token, body: { changes } })).status, 200);
        }
      });

      const where = encodeURIComponent(JSON.stringify({ name }));
      const pagesOf = (text: string): readonly SyncPage[] =>
        text
          .trimEnd()
          .split('\n')
          .map((line) => syncPageMessage.parse(JSON.parse(line)));
      /** Reads one page at a time; null at the end. */
      const reading = async (body: object, by = token): Promise<() => Promise<SyncPage | null>> => {
        const response = await app.fetch('POST /v1/sync/bulk', { token: by, body });
        const reader = response.body!.getReader();
        return async () => {
          const { value, done } = await reader.read();
          return done ? null : pagesOf(new TextDecoder().decode(value))[0]!;
        };
      };

      test('comes as a page on each line, each with what the server knew', async () => {
        const asOf = await head();
        const answer = await app.ask(`GET /v1/sync/bulk?module=accounts&where=${where}`, { token });
        assert.equal(answer.headers.get('content-type'), 'application/x-ndjson');
        const pages = pagesOf(answer.text);
        assert.deepEqual(
          pages.map((page) => [page.records.length, page.next === null, page.asOf, page.aclSeq, page.last]),
          [500, 500, 203].map((length) => [length, length < 500, asOf, 0, 0]),
        );
        const records = pages.flatMap((page) => page.records);
        assert.deepEqual(
          records.map(({ id }) => id),
          [...new Set(records.map(({ id }) => id))].toSorted(),
        );
        assert.equal(records.length, total);
        assert.deepEqual(records[0], (await app.ask(`GET /v1/accounts/${records[0]!.id}`, { token })).json);
        assert.equal((await ask('bulk', { module: 'accounts', where: { name } })).text, answer.text);
      });

      test('goes on where it broke off, without one too many or too few', async () => {
        const first = await (await reading({ module: 'accounts', where: { name } }))();
        const after = encodeURIComponent(first!.next!);
        const rest = await app.ask(`GET /v1/sync/bulk?module=accounts&where=${where}&after=${after}`, { token });
        const ids = [first!, ...pagesOf(rest.text)].flatMap(({ records }) => records.map(({ id }) => id));
        assert.deepEqual([ids.length, new Set(ids).size], [total, total]);
      });

      test('is read as it is taken, and says of each page as of when it is', async () => {
        const next = await reading({ module: 'accounts', where: { name } });
        const first = await next();
        const before = await head();
        await made('accounts', { name: 'While it is read' });
        assert.deepEqual([first?.asOf, (await next())?.asOf, await head()], [before, before + 1, before + 1]);
      });

      test('ends when rights change, and is gone on with under the new ones', async () => {
        const user = await made('users', { name: { last: 'Bulk' }, email: 'bulk@sync.test', isAdmin: true });
        await made('users', { name: { last: 'Other' }, email: 'other@sync.test', isAdmin: true });
        const own = await app.token(tenant, { user });
        const next = await reading({ module: 'accounts', where: { name } }, own);
        const first = await next();
        await app.ask(`PATCH /v1/users/${user}`, { token, body: { isAdmin: false } });
        assert.equal(await next(), null);
        const then = await (await reading({ module: 'accounts', where: { name }, after: first!.next }, own))();
        assert.deepEqual([first?.aclSeq, then?.aclSeq, then?.records.length], [0, await head(), 500]);
      });

      test('is of those records that a customer may see while the page is read', async () => {
        const [contact, other] = [
          await made('contacts', { name: { last: 'Customer' } }),
          await made('contacts', { name: { last: 'Another' } }),
        ];
        const ids = Array.from({ length: 501 }, () => crypto.randomUUID()).toSorted();
        for (const some of [ids.slice(0, 300), ids.slice(300)]) {
          const changes = some.map((id) => ({
            op: 'create',
            module: 'tickets',
            id,
            values: { subject: 'Own', contact },
          }));
          const answer = await app.ask('POST /v1/changes', { token, body: { changes } });
          assert.equal(answer.status, 200, answer.text);
        }
        const next = await reading(
          { module: 'tickets' },
          await app.token(tenant, { subject: { module: 'contacts', id: contact } }),
        );
        assert.deepEqual((await next())?.records.length, 500);
        await app.ask(`PATCH /v1/tickets/${ids.at(-1)!}`, { token, body: { contact: other } });
        assert.deepEqual((await next())?.records, []);
      });

      test('takes a filter that is too long for an address', async () => {
        const first = await (await reading({ module: 'accounts', where: { name } }))();
        const named = { id: { in: first!.records.map(({ id }) => id) } };
        const page = await (await reading({ module: 'accounts', where: named }))();
        assert.deepEqual([page?.records.length, page?.next], [500, null]);
      });

      test('has the caller show its token again after a minute', async () => {
        let now = Date.now();
        const slow = await TestApp.open(engine, { now: () => now });
        try {
          const one = await slow.tenant('slow');
          const key = await slow.key(one);
          for (let start = 0; start < 501; start += 167) {
            const changes = Array.from({ length: 167 }, () => ({
              op: 'create',
              module: 'accounts',
              id: crypto.randomUUID(),
              values: { name },
            }));
            await slow.ask('POST /v1/changes', { token: key, body: { changes } });
          }
          const response = await slow.fetch('POST /v1/sync/bulk', { token: key, body: { module: 'accounts' } });
          now += 60_000;
          const [page, ...more] = pagesOf(await response.text());
          assert.deepEqual([page?.records.length, page?.next === null, more], [500, false, []]);
        } finally {
          await slow.close();
        }
      });

      test('is refused before anything is sent when the question makes no sense', async () => {
        for (const query of [
          'module=nothing',
          'module=accounts&where={',
          'module=accounts&where={"x":1}',
          'module=accounts&after=x',
          'module=accounts&limit=1',
        ])
          assert.ok([400, 404].includes((await app.ask(`GET /v1/sync/bulk?${query}`, { token })).status), query);
        for (const body of [
          { module: 'nothing' },
          { module: 'accounts', where: { x: 1 } },
          { module: 'accounts', limit: 1 },
        ])
          assert.ok([400, 404].includes((await ask('bulk', body)).status), JSON.stringify(body));
      });
    });

    describe('of rights', () => {
      test('every reply tells the number under which they last changed, and the feed tells it as it grows', async () => {
        const user = await made('users', { name: { last: 'Neri' }, email: 'neri@sync.test', isAdmin: true });
        const admin = await made('users', { name: { last: 'Verdi' }, email: 'verdi@sync.test', isAdmin: true });
        const own = await app.token(tenant, { user });
        const feed = async (cursor: number): Promise<Answer> =>
          app.ask(`GET /v1/sync/feed?cursor=${cursor}`, { token: own, headers: { accept: 'application/json' } });
        const aclSeq = async (): Promise<unknown> =>
          (await ask('query', { module: 'accounts', query: { limit: 1 } }, own)).at('aclSeq');
        assert.equal(await aclSeq(), 0);
        const response = await app.fetch('GET /v1/sync/feed', { token: own });
        const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
        let text = (await reader.read()).value ?? '';
        assert.match(text, /event: rights\ndata: \{"aclSeq":0\}\n\n/);
        await app.ask(`PATCH /v1/users/${user}`, { token, body: { title: 'Dr' } });
        assert.equal(await aclSeq(), 0);
        await app.ask(`PATCH /v1/users/${admin}`, { token, body: { isAdmin: false } });
        assert.equal(await aclSeq(), 0);
        const before = await head();
        await app.ask(`PATCH /v1/users/${admin}`, { token, body: { isAdmin: true } });
        const changed = await app.ask(`PATCH /v1/users/${user}`, { token, body: { isAdmin: false } });
        assert.equal(changed.status, 200, changed.text);
        const seq = await head();
        assert.equal(await aclSeq(), seq);
        assert.deepEqual([(await feed(before)).at('aclSeq')], [seq]);
        while (!text.includes(`{"aclSeq":${seq}}`))
          text += (await reader.read()).value ?? assert.fail('The stream ended.');
        assert.equal(text.includes(`"id":"${user}","version":3`), false, 'the rights come before the change');
        await reader.cancel();
      });
    });
  });
