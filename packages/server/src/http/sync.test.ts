import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import {
  bulkLineMessage,
  syncNewsMessage,
  syncPageMessage,
  verifiedMessage,
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
      const linesOf = (text: string): readonly Values[] =>
        text
          .trimEnd()
          .split('\n')
          .map((line) => bulkLineMessage.parse(JSON.parse(line)) as Values);

      test('comes line by line, after what the server knew', async () => {
        const answer = await app.ask(`GET /v1/sync/bulk?module=accounts&where=${where}`, { token });
        assert.equal(answer.headers.get('content-type'), 'application/x-ndjson');
        const [stamp, ...lines] = linesOf(answer.text);
        assert.deepEqual(stamp, { asOf: await head(), aclSeq: 0, last: 0 });
        const pages = lines.filter((line) => 'records' in line).map((line) => line['records'] as readonly AnyRecord[]);
        assert.deepEqual(
          pages.map(({ length }) => length),
          [500, 500, 203],
        );
        assert.equal(new Set(pages.flat().map(({ id }) => id)).size, total);
        assert.deepEqual(lines.at(-1), { next: null });
        const [first] = pages.flat();
        assert.deepEqual(first, (await app.ask(`GET /v1/accounts/${first!.id}`, { token })).json);
      });

      test('goes on where it broke off, without one too many or too few', async () => {
        const read = async (after: string | undefined, pages: number): Promise<readonly [string[], string | null]> => {
          const query = `module=accounts&where=${where}${after === undefined ? '' : `&after=${after}`}`;
          const response = await app.fetch(`GET /v1/sync/bulk?${query}`, { token });
          const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
          const ids: string[] = [];
          let next: string | null = null;
          for (let page = 0; page < pages; page++) {
            const { value, done } = await reader.read();
            if (done) break;
            for (const line of linesOf(value)) {
              if ('records' in line) ids.push(...(line['records'] as readonly AnyRecord[]).map(({ id }) => id));
              if ('next' in line) next = line['next'] as string | null;
            }
          }
          await reader.cancel();
          return [ids, next];
        };
        const [first, next] = await read(undefined, 1);
        const [second, end] = await read(next!, 9);
        assert.deepEqual([first.length, second.length, end], [500, total - 500, null]);
        assert.equal(new Set([...first, ...second]).size, total);
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
