import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Tenant } from '../auth/access.ts';
import { engines } from '../testing/test-database.ts';
import { TestApp, type Answer, type Sent } from '../testing/test-app.ts';

const codesOf = (answer: Answer): readonly unknown[] =>
  ((answer.at('errors') ?? []) as readonly { readonly path: string; readonly code: string }[]).map(
    ({ path, code }) => `${path} ${code}`,
  );

for (const engine of engines)
  describe(`records over HTTP, on ${engine.name}`, { skip: engine.skip }, () => {
    let app: TestApp;
    let tenant: Tenant;
    let token: string;
    const ask = async (route: string, sent: Sent = {}): Promise<Answer> => app.ask(route, { token, ...sent });
    const account = async (values: object = {}): Promise<string> => {
      const answer = await ask('POST /v1/accounts', { body: { name: 'Acme', ...values } });
      assert.equal(answer.status, 201, answer.text);
      return String(answer.at('id'));
    };

    before(async () => {
      app = await TestApp.open(engine);
      tenant = await app.tenant('demo');
      token = await app.key(tenant);
    });
    after(async () => app.close());

    test('are created with a place and a version', async () => {
      const answer = await ask('POST /v1/accounts', { body: { name: 'Caffè Ü' } });
      assert.equal(answer.status, 201, answer.text);
      assert.match(String(answer.at('id')), /^[0-9a-f]{8}-[0-9a-f]{4}-7/);
      assert.equal(answer.headers.get('location'), `/v1/accounts/${String(answer.at('id'))}`);
      assert.equal(answer.headers.get('etag'), '"1"');
      assert.equal(answer.at('name'), 'Caffè Ü');
      assert.equal(answer.at('source'), 'api');
    });

    test('are created under the id that a client made, once', async () => {
      const id = crypto.randomUUID();
      const body = { id, name: 'Acme' };
      assert.equal((await ask('POST /v1/accounts', { body })).at('id'), id);
      const again = await ask('POST /v1/accounts', { body });
      assert.equal(again.status, 409);
      assert.deepEqual(codesOf(again), ['/id taken']);
      assert.equal((await ask('POST /v1/accounts', { body: { ...body, id: 'mine' } })).status, 400);
    });

    test('are created once for one idempotency key, which is for one body only', async () => {
      const send = async (name: string): Promise<Answer> =>
        ask('POST /v1/accounts', { body: { name }, headers: { 'idempotency-key': 'abc' } });
      const first = await send('Once');
      const again = await send('Once');
      assert.equal(again.status, 201, again.text);
      assert.equal((await ask('GET /v1/accounts?where={"name":"Once"}&count=exact')).at('count'), 1);
      assert.equal(again.at('id'), first.at('id'));
      assert.ok([409, 422].includes((await send('Twice')).status));
    });

    test('are read with their version, and not sent again when they are known', async () => {
      const id = await account();
      const answer = await ask(`GET /v1/accounts/${id}`);
      assert.deepEqual([answer.status, answer.headers.get('etag'), answer.at('id')], [200, '"1"', id]);
      const known = await ask(`GET /v1/accounts/${id}`, { headers: { 'if-none-match': '"1"' } });
      assert.deepEqual([known.status, known.text], [304, '']);
      assert.equal((await ask(`GET /v1/accounts/${id}`, { headers: { 'if-none-match': '"0", W/"2"' } })).status, 200);
    });

    test('are read with some fields, and with what they link to', async () => {
      const parent = await account({ name: 'Parent' });
      const id = await account({ parent });
      const answer = await ask(`GET /v1/accounts/${id}?fields=name,parent&include=parent`);
      assert.deepEqual(Object.keys(answer.json as object).toSorted(), ['id', 'included', 'name', 'parent', 'version']);
      assert.equal(answer.at(`included.accounts.${parent}.name`), 'Parent');
      assert.equal((await ask(`GET /v1/accounts/${id}?limit=3`)).status, 400);
    });

    test('are changed field by field', async () => {
      const id = await account({ name: 'Before' });
      const answer = await ask(`PATCH /v1/accounts/${id}`, { body: { name: 'After' } });
      assert.deepEqual([answer.status, answer.at('name'), answer.headers.get('etag')], [200, 'After', '"2"']);
    });

    test('are not changed when they have another version than insisted on', async () => {
      const id = await account();
      await ask(`PATCH /v1/accounts/${id}`, { body: { name: 'Two' }, headers: { 'if-match': '"1"' } });
      const late = await ask(`PATCH /v1/accounts/${id}`, { body: { name: 'Three' }, headers: { 'if-match': '"1"' } });
      assert.deepEqual([late.status, late.at('code'), late.at('version')], [412, 'version-conflict', 2]);
      assert.equal((await ask(`DELETE /v1/accounts/${id}`, { headers: { 'if-match': '"1"' } })).status, 412);
      assert.equal(
        (await ask(`PATCH /v1/accounts/${id}`, { body: {}, headers: { 'if-match': 'nonsense' } })).status,
        400,
      );
      assert.equal((await ask(`GET /v1/accounts/${id}`)).at('name'), 'Two');
    });

    test('are changed by one of many who insist on the same version, whatever each of them changes', async () => {
      const id = await account();
      const fields = ['name', 'description', 'website', 'legalName'];
      const answers = await Promise.all(
        [...fields, ...fields].map(async (field) =>
          ask(`PATCH /v1/accounts/${id}`, { body: { [field]: 'https://x.test/' }, headers: { 'if-match': '"1"' } }),
        ),
      );
      const statuses = answers.map(({ status }) => status);
      assert.deepEqual(
        [statuses.filter((one) => one === 200).length, statuses.filter((one) => one === 412).length],
        [1, 7],
      );
      assert.equal((await ask(`GET /v1/accounts/${id}`)).at('version'), 2);
    });

    test('answer a repeated change as before, also when it insisted on a version that is past', async () => {
      const id = await account();
      const send = async (): Promise<Answer> =>
        ask(`PATCH /v1/accounts/${id}`, {
          body: { name: 'Once' },
          headers: { 'if-match': '"1"', 'idempotency-key': id },
        });
      const [first, again] = [await send(), await send()];
      assert.deepEqual([first.status, again.status, again.at('version')], [200, 200, 2]);
    });

    test('merge what two people changed, and tell where they contradict each other', async () => {
      const id = await account();
      await ask(`PATCH /v1/accounts/${id}`, { body: { name: 'Theirs' } });
      const merged = await ask(`PATCH /v1/accounts/${id}?base=1`, { body: { description: 'Mine' } });
      assert.deepEqual([merged.status, merged.at('name'), merged.at('description')], [200, 'Theirs', 'Mine']);
      const conflict = await ask(`PATCH /v1/accounts/${id}?base=1`, { body: { name: 'Mine' } });
      assert.deepEqual([conflict.status, conflict.at('code')], [409, 'conflict']);
      const { at, ...rest } = conflict.at('conflicts.0') as { readonly at: string };
      assert.deepEqual(rest, { field: 'name', base: 'Acme', mine: 'Mine', theirs: 'Theirs', by: null });
      assert.ok(Date.parse(at) <= Date.now());
    });

    test('are deleted, listed in the bin, and brought back', async () => {
      const id = await account({ name: 'Gone' });
      const gone = await ask(`DELETE /v1/accounts/${id}`);
      assert.deepEqual([gone.status, gone.text], [204, '']);
      assert.equal((await ask(`GET /v1/accounts/${id}`)).status, 404);
      assert.equal((await ask(`DELETE /v1/accounts/${id}`)).status, 404);
      assert.equal((await ask('GET /v1/accounts?deleted=only&where={"name":"Gone"}')).at('records.0.id'), id);
      assert.equal((await ask(`POST /v1/accounts/${id}/restore`)).at('name'), 'Gone');
      assert.equal((await ask(`GET /v1/accounts/${id}`)).status, 200);
    });

    test('are listed by filter, order and page, with a count', async () => {
      for (const name of ['P1', 'P2', 'P3']) await account({ name, description: 'paged' });
      const query = 'where={"description":"paged"}&sort=-name&limit=2';
      const first = await ask(`GET /v1/accounts?${query}&count=exact&fields=name`);
      assert.deepEqual([first.at('count'), first.at('records.0.name'), first.at('records.1.name')], [3, 'P3', 'P2']);
      assert.deepEqual(Object.keys(first.at('records.0') as object).toSorted(), ['id', 'name', 'version']);
      const rest = await ask(`GET /v1/accounts?${query}&after=${String(first.at('next'))}`);
      assert.deepEqual([rest.at('records.0.name'), rest.at('records.1'), rest.at('next')], ['P1', undefined, null]);
      const body = { where: { description: 'paged' }, sort: ['name'], limit: 1 };
      assert.equal((await ask('POST /v1/accounts/query', { body })).at('records.0.name'), 'P1');
    });

    test('are added up by group', async () => {
      for (const size of ['a', 'a', 'b']) await account({ name: size, description: 'grouped' });
      const body = { where: { description: 'grouped' }, rows: ['name'], measures: [{ fn: 'count' }] };
      const answer = await ask('POST /v1/accounts/aggregate', { body });
      assert.deepEqual(answer.at('groups'), [
        { keys: ['a'], values: [2] },
        { keys: ['b'], values: [1] },
      ]);
      const bad = await ask('POST /v1/accounts/aggregate', { body: { measures: [{ fn: 'sum', field: 'name' }] } });
      assert.deepEqual([bad.status, codesOf(bad)], [400, ['/measures not-a-number']]);
    });

    test('are acted on by name, and by that name only', async () => {
      const lead = await ask('POST /v1/leads', { body: { company: 'Beta', name: { first: 'Ada', last: 'Neri' } } });
      assert.equal(lead.status, 201, lead.text);
      const converted = await ask(`POST /v1/leads/${String(lead.at('id'))}/convert`, { body: {} });
      assert.equal(converted.status, 200, converted.text);
      assert.equal(typeof converted.at('result.account'), 'string');
      assert.equal((await ask(`POST /v1/leads/${String(lead.at('id'))}/vanish`)).status, 404);
      assert.equal((await ask(`POST /v1/leads/${String(lead.at('id'))}/constructor`)).status, 404);
    });

    test('tell their past', async () => {
      const id = await account({ name: 'Old' });
      await ask(`PATCH /v1/accounts/${id}`, { body: { name: 'New' } });
      const history = await ask(`GET /v1/accounts/${id}/history`);
      assert.equal(history.status, 200, history.text);
      assert.deepEqual(
        [history.at('versions.0.version'), history.at('versions.0.op'), history.at('versions.1.op')],
        [2, 'update', 'create'],
      );
      const { changes } = history.at('versions.0') as { readonly changes: readonly unknown[] };
      assert.deepEqual(
        changes.find((change) => (change as { field: string }).field === 'name'),
        { field: 'name', old: 'Old', new: 'New' },
      );
      assert.equal((await ask(`GET /v1/accounts/${crypto.randomUUID()}/history`)).status, 404);
    });

    test('are found across modules, titles first', async () => {
      const inText = await account({ name: 'Other', description: 'x' });
      const inTitle = await account({ name: 'Zanzibar Spezie' });
      await ask(`PATCH /v1/accounts/${inText}`, { body: { description: 'near zanzibar' } });
      const answer = await ask('GET /v1/search?q=ZANZIBAR&limit=5');
      assert.equal(answer.status, 200, answer.text);
      assert.deepEqual([answer.at('results.0.module'), answer.at('results.0.record.id')], ['accounts', inTitle]);
      assert.deepEqual((await ask('GET /v1/search?q=')).at('results'), []);
      assert.deepEqual((await ask('GET /v1/search?q=zanzibar&modules=deals')).at('results'), []);
      assert.equal((await ask('GET /v1/search?q=a&limit=1000')).status, 400);
      assert.equal((await ask('GET /v1/search?query=a')).status, 400);
    });

    test('change together or not at all', async () => {
      const [first, second] = [crypto.randomUUID(), crypto.randomUUID()];
      const changes = [
        { op: 'create', module: 'accounts', id: first, values: { name: 'A' } },
        { op: 'create', module: 'contacts', id: second, values: { name: { last: 'B' }, primaryAccount: first } },
      ];
      const wrong = { op: 'update', module: 'accounts', id: first, values: { nonsense: 1 } };
      assert.equal((await ask('POST /v1/changes', { body: { changes: [...changes, wrong] } })).status, 400);
      assert.equal((await ask(`GET /v1/accounts/${first}`)).status, 404);
      const each = await ask('POST /v1/changes', { body: { changes: [...changes, wrong], atomic: false } });
      assert.equal(each.status, 200, each.text);
      assert.deepEqual(
        [each.at('results.0.ok'), each.at('results.1.record.primaryAccount'), each.at('results.2.ok')],
        [true, first, false],
      );
      assert.equal(each.at('results.2.error.errors.0.code'), 'unknown-field');
      const many = Array.from({ length: 501 }, () => ({ op: 'delete', module: 'accounts', id: first }));
      assert.equal((await ask('POST /v1/changes', { body: { changes: many } })).status, 400);
      assert.equal((await ask('POST /v1/changes', { body: { changes: [] } })).status, 400);
      assert.equal(
        (await ask('POST /v1/changes', { body: { changes: [{ op: 'drop', module: 'accounts', id: first }] } })).status,
        400,
      );
    });

    describe('refuse what does not fit', () => {
      const bad: readonly (readonly [string, string, Sent, number, readonly string[]])[] = [
        ['broken JSON', 'POST /v1/accounts', { body: '{"name": "Acme",}' }, 400, [' json']],
        [
          'another content type',
          'POST /v1/accounts',
          { body: 'name=Acme', headers: { 'content-type': 'text/plain' } },
          400,
          [' content-type'],
        ],
        ['no body', 'POST /v1/accounts', {}, 400, [' content-type']],
        ['a list', 'POST /v1/accounts', { body: [] }, 400, [' object']],
        [
          'an unknown field',
          'POST /v1/accounts',
          { body: { name: 'A', nonsense: 1 } },
          400,
          ['/nonsense unknown-field'],
        ],
        [
          'a field of the house',
          'POST /v1/accounts',
          { body: { name: 'A', createdAt: '2020-01-01T00:00:00.000Z' } },
          400,
          ['/createdAt read-only'],
        ],
        ['a version', 'POST /v1/accounts', { body: { name: 'A', version: 7 } }, 400, ['/version unknown-field']],
        ['a missing field', 'POST /v1/accounts', { body: {} }, 400, ['/name required']],
        ['a wrong type', 'POST /v1/accounts', { body: { name: 7 } }, 400, ['/name type']],
        [
          'a link to nothing',
          'POST /v1/accounts',
          { body: { name: 'A', parent: crypto.randomUUID() } },
          400,
          ['/parent missing-link'],
        ],
        [
          'a prototype',
          'POST /v1/accounts',
          { body: '{"name":"A","__proto__":{"admin":true}}' },
          400,
          ['/__proto__ unknown-field'],
        ],
        [
          'a note of two megabytes',
          'POST /v1/notes',
          { body: { body: 'x'.repeat(2 * 1024 * 1024) } },
          413,
          ['/body too-large'],
        ],
        [
          'a text that is too long',
          'POST /v1/accounts',
          { body: { name: 'x'.repeat(10_000) } },
          400,
          ['/name too-long'],
        ],
        ['a broken cursor', 'GET /v1/accounts?after=nonsense', {}, 400, ['/after cursor']],
        [
          'a cursor of another order',
          'GET /v1/accounts?sort=name&after=WyIiLFtdLCIwMTkwMDAwMC0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDAiXQ',
          {},
          400,
          ['/after cursor'],
        ],
        ['a filter that is no JSON', 'GET /v1/accounts?where={', {}, 400, ['/where json']],
        [
          'a filter by an unknown field',
          'GET /v1/accounts?where={"nonsense":1}',
          {},
          400,
          ['/where/nonsense unknown-field'],
        ],
        [
          'a filter by an unknown operator',
          'GET /v1/accounts?where={"name":{"like":"x"}}',
          {},
          400,
          ['/where/name/like unknown-operator'],
        ],
        ['an unknown parameter', 'GET /v1/accounts?page=2', {}, 400, ['/page unknown-parameter']],
        ['a limit beyond the limit', 'GET /v1/accounts?limit=201', {}, 400, ['/limit range']],
        ['an order by nothing', 'GET /v1/accounts?sort=nonsense', {}, 400, ['/sort unknown-field']],
        [
          'an unknown part of a query',
          'POST /v1/accounts/query',
          { body: { limit: 1, offset: 2 } },
          400,
          [' unknown-field'],
        ],
        ['an unknown module', 'GET /v1/nonsense', {}, 404, []],
        ['a module named like a property', 'GET /v1/__proto__', {}, 404, []],
        ['an id that is none', 'GET /v1/accounts/1', {}, 404, []],
        ['an id of nothing', `GET /v1/accounts/${crypto.randomUUID()}`, {}, 404, []],
        ['an unknown address', 'GET /v2/accounts', {}, 404, []],
        ['an unknown method', 'PUT /v1/accounts', { body: {} }, 404, []],
      ];
      for (const [title, route, sent, status, codes] of bad)
        test(title, async () => {
          const answer = await ask(route, sent);
          assert.equal(answer.status, status, answer.text);
          assert.equal(answer.headers.get('content-type'), 'application/problem+json');
          assert.deepEqual(codesOf(answer), codes);
          assert.equal(answer.at('requestId'), answer.headers.get('x-request-id'));
          assert.equal(answer.at('status'), status);
          for (const part of ['type', 'title', 'code', 'detail', 'hint'])
            assert.equal(typeof answer.at(part), 'string', part);
        });
    });

    test('tell all that is wrong at once', async () => {
      const answer = await ask('POST /v1/accounts', {
        body: { nonsense: 1, website: 'javascript:alert(1)', createdBy: null },
      });
      assert.ok(codesOf(answer).length >= 3, answer.text);
    });

    test('carry what protects them, and are no pages', async () => {
      const { headers } = await ask('GET /v1/accounts');
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/);
      assert.equal(headers.get('cache-control'), 'private, no-cache');
      assert.equal(headers.get('vary'), 'Origin');
      assert.equal(headers.get('set-cookie'), null);
    });

    test('stay whole when they are read by head only', async () => {
      const id = await account();
      const answer = await ask(`HEAD /v1/accounts/${id}`);
      assert.deepEqual([answer.status, answer.text, answer.headers.get('etag')], [200, '', '"1"']);
    });
  });
