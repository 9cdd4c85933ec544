import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Tenant } from '../auth/access.ts';
import { TestApp, type Answer } from '../testing/test-app.ts';
import { engines } from '../testing/test-database.ts';

type Values = Readonly<Record<string, unknown>>;

const everything = ['view', 'create', 'edit', 'delete', 'export', 'import', 'massUpdate', 'merge', 'print'];

const link = (module: string, id: string) => ({ module, id });

/** CATALOGUE E-04: CEO > Sales Manager > {Rep North, Rep South}; Marketing is a group of its own; deals are private. */
for (const engine of engines)
  describe(`what users may see and do, on ${engine.name}`, { skip: engine.skip }, () => {
    let app: TestApp;
    let tenant: Tenant;
    let key: string;
    const ids: Record<string, string> = {};
    const tokens: Record<string, string> = {};

    const make = async (module: string, values: Values, token = key): Promise<string> => {
      const answer = await app.ask(`POST /v1/${module}`, { token, body: values });
      assert.equal(answer.status, 201, answer.text);
      return answer.at('id') as string;
    };

    const change = async (module: string, id: string, values: Values, token = key): Promise<Answer> =>
      app.ask(`PATCH /v1/${module}/${id}`, { token, body: values });

    const as = async (person: string, route: string, body?: unknown): Promise<Answer> =>
      app.ask(route, { token: tokens[person], ...(body !== undefined && { body }) });

    const dealOf = async (person: string, more: Values = {}): Promise<string> => {
      const owner = { type: 'user', id: ids[person]! };
      const sale = { account: ids['acme'], pipeline: ids['pipeline'], stage: ids['stage'] };
      return make('deals', { name: `${person}’s deal`, expectedCloseDate: '2026-09-30', owner, ...sale, ...more });
    };

    const person = async (who: string, values: Values): Promise<void> => {
      ids[who] = await make('users', { name: { last: who }, email: `${who}@crm.test`, ...values });
      tokens[who] = await app.token(tenant, { user: ids[who] });
    };

    const namesSeenBy = async (who: string): Promise<readonly unknown[]> => {
      const { json } = await as(who, 'GET /v1/deals?sort=name&fields=name');
      return (json as { readonly records: readonly { readonly name: unknown }[] }).records.map((one) => one.name);
    };

    before(async () => {
      app = await TestApp.open(engine);
      tenant = await app.tenant('acme');
      key = await app.key(tenant);
      ids['everything'] = await make('profiles', { name: 'Everything', otherModules: everything });
      ids['careful'] = await make('profiles', {
        name: 'Careful',
        otherModules: everything,
        modules: [{ module: 'deals', may: everything.filter((one) => one !== 'delete') }],
        fields: [{ module: 'deals', field: 'amount', access: 'hidden' }],
      });
      const role = async (called: string, parent: string | null): Promise<string> =>
        (ids[called] = await make('roles', { name: called, parent, profiles: [ids['everything']] }));
      const ceo = await role('CEO', null);
      const manager = await role('Sales Manager', ceo);
      const [north, south] = [
        await role('Rep North', manager),
        await make('roles', { name: 'Rep South', parent: manager }),
      ];
      await person('ceo', { role: ceo });
      await person('manager', { role: manager });
      await person('ada', { role: north });
      await person('bea', { role: south, profiles: [ids['careful']] });
      await person('mara', { profiles: [ids['everything']] });
      await person('boss', { isAdmin: true });
      ids['Marketing'] = await make('groups', { name: 'Marketing', members: [link('users', ids['mara']!)] });
      ids['deals'] = await make('sharingRules', { module: 'deals' });
      ids['acme'] = await make('accounts', { name: 'Acme' });
      ids['pipeline'] = await make('pipelines', { name: 'Sales' });
      ids['stage'] = await make('stages', { pipeline: ids['pipeline'], name: 'New', order: 1, kind: 'open' });
      ids['adas'] = await dealOf('ada', { amount: { amount: '100.00', currency: 'EUR' } });
      ids['beas'] = await dealOf('bea', { amount: { amount: '200.00', currency: 'EUR' } });
    });

    after(() => app.close());

    test('a private deal is its owner’s and their superiors’, in lists, counts, sums, search, and by its id', async () => {
      const seen = await Promise.all(['ceo', 'manager', 'ada', 'bea', 'mara', 'boss'].map(namesSeenBy));
      const [both, adas, beas] = [['ada’s deal', 'bea’s deal'], ['ada’s deal'], ['bea’s deal']];
      assert.deepEqual(seen, [both, both, adas, beas, [], both]);
      const count = await as('ada', 'GET /v1/deals?count=exact');
      assert.equal(count.at('count'), 1);
      const sums = await as('ada', 'POST /v1/deals/aggregate', { measures: [{ fn: 'count' }] });
      assert.deepEqual(sums.at('groups.0.values'), [1]);
      const found = await as('ada', 'GET /v1/search?q=deal');
      const results = found.at('results') as readonly { readonly module: string }[];
      assert.equal(results.filter(({ module }) => module === 'deals').length, 1);
      assert.equal((await as('ada', `GET /v1/deals/${ids['adas']}`)).status, 200);
    });

    test('one that is out of sight is as one that never was, whatever one does with it', async () => {
      const nobodys = crypto.randomUUID();
      for (const [method, path, body] of [
        ['GET', ''],
        ['GET', '/history'],
        ['PATCH', '', { name: 'Mine' }],
        ['DELETE', ''],
        ['POST', '/restore'],
      ] as const) {
        const [hidden, absent] = await Promise.all(
          [ids['beas'], nobodys].map(async (id) => as('ada', `${method} /v1/deals/${id}${path}`, body)),
        );
        assert.equal(hidden!.status, 404, `${method} ${path}: ${hidden!.text}`);
        const plain = (answer: Answer, id: string): string =>
          answer.text.replaceAll(id, 'ID').replace(/"instance":"[^"]*"|"requestId":"[^"]*"/g, '');
        assert.equal(plain(hidden!, ids['beas']!), plain(absent!, nobodys));
      }
    });

    test('across a link, nothing of it is told', async () => {
      const where = encodeURIComponent(JSON.stringify({ deals: { some: { name: 'bea’s deal' } } }));
      const answer = await as('ada', `GET /v1/accounts?where=${where}`);
      assert.deepEqual([answer.status, answer.at('records')], [200, []]);
    });

    test('a rule gives it to others as far as it says, and takes effect at once', async () => {
      const from = link('roles', ids['Rep North']!);
      const to = link('groups', ids['Marketing']!);
      assert.equal(
        (await change('sharingRules', ids['deals']!, { rules: [{ from, to, access: 'read' }] })).status,
        200,
      );
      assert.deepEqual(await namesSeenBy('mara'), ['ada’s deal']);
      const refused = await as('mara', `PATCH /v1/deals/${ids['adas']}`, { name: 'Mine' });
      assert.deepEqual([refused.status, refused.at('code'), refused.at('reason')], [403, 'forbidden', 'record']);
      await change('sharingRules', ids['deals']!, { rules: [{ from, to, access: 'write' }] });
      assert.equal((await as('mara', `PATCH /v1/deals/${ids['adas']}`, { nextStep: 'Call' })).status, 200);
      assert.equal((await as('mara', `DELETE /v1/deals/${ids['adas']}`)).status, 403);
      await change('sharingRules', ids['deals']!, { rules: null });
      assert.deepEqual(await namesSeenBy('mara'), []);
    });

    test('the profile says what one may do even with what is one’s own', async () => {
      assert.equal((await as('bea', `PATCH /v1/deals/${ids['beas']}`, { nextStep: 'Call' })).status, 200);
      assert.equal((await as('bea', `DELETE /v1/deals/${ids['beas']}`)).status, 403);
    });

    test('a hidden field is as one that is not there', async () => {
      const { json } = await as('bea', `GET /v1/deals/${ids['beas']}`);
      assert.equal('amount' in (json as object), false);
      const where = (field: string): string => encodeURIComponent(JSON.stringify({ [field]: { empty: false } }));
      const [hidden, absent] = await Promise.all(
        ['amount', 'amounts'].map(async (field) => as('bea', `GET /v1/deals?where=${where(field)}`)),
      );
      assert.deepEqual([hidden!.status, absent!.status], [400, 400]);
      for (const one of [hidden, absent]) assert.equal(one!.at('errors.0.code'), 'unknown-field');
      for (const query of ['sort=amount', 'fields=amount'])
        assert.equal((await as('bea', `GET /v1/deals?${query}`)).status, 400, query);
      const sum = await as('bea', 'POST /v1/deals/aggregate', { measures: [{ fn: 'sum', field: 'amount' }] });
      assert.equal(sum.status, 400);
      assert.equal((await as('bea', `PATCH /v1/deals/${ids['beas']}`, { amount: null })).status, 400);
      assert.equal((await as('bea', `GET /v1/deals/${ids['beas']}/history`)).status, 403);
    });

    test('one hands a deal over, and it is gone for oneself', async () => {
      const id = await dealOf('ada');
      const handed = await as('ada', `PATCH /v1/deals/${id}`, { owner: { type: 'user', id: ids['bea'] } });
      assert.equal(handed.status, 200, handed.text);
      assert.equal((await as('ada', `GET /v1/deals/${id}`)).status, 404);
      assert.equal((await as('bea', `GET /v1/deals/${id}`)).status, 200);
    });

    test('a cache is told of what its user reaches, and of nothing else', async () => {
      const poll = async (who: string, cursor?: number): Promise<Answer> =>
        app.ask(`GET /v1/sync/feed${cursor === undefined ? '' : `?cursor=${cursor}`}`, {
          token: tokens[who]!,
          headers: { accept: 'application/json' },
        });
      const cursor = (await poll('bea')).at('cursor') as number;
      const others = await dealOf('ada');
      await change('deals', others, { nextStep: 'Write' });
      const own = await dealOf('bea');
      const { text } = await poll('bea', cursor);
      assert.deepEqual([text.includes(others), text.includes(own)], [false, true]);
      const known = [ids['adas'], own].map((id) => [id, 1]);
      const verified = await as('bea', 'POST /v1/sync/verify', { module: 'deals', known });
      assert.deepEqual(verified.at('gone'), [ids['adas']]);
      const changes = [{ op: 'update', module: 'deals', id: ids['adas'], base: 1, values: { nextStep: 'Mine' } }];
      const mutations = [{ mid: 1, changes }];
      const pushed = await as('bea', 'POST /v1/sync/push', { client: crypto.randomUUID(), heard: 0, mutations });
      assert.deepEqual([pushed.at('outcomes.0.ok'), pushed.at('outcomes.0.error.code')], [false, 'not-found']);
      const leaving = (await poll('bea')).at('cursor') as number;
      await change('deals', own, { owner: { type: 'user', id: ids['ada'] } });
      const left = await poll('bea', leaving);
      assert.equal(left.at('events.0.changes.0.op'), 'leave', left.text);
    });

    test('a batch does what it may, or nothing where it is to be all', async () => {
      const changes = [
        { op: 'update', module: 'deals', id: ids['beas'], values: { nextStep: 'Ring' } },
        { op: 'update', module: 'deals', id: ids['adas'], values: { nextStep: 'Ring' } },
      ];
      const all = await as('bea', 'POST /v1/changes', { changes });
      assert.equal(all.status, 404, all.text);
      assert.notEqual((await as('bea', `GET /v1/deals/${ids['beas']}`)).at('nextStep'), 'Ring');
      const each = await as('bea', 'POST /v1/changes', { changes, atomic: false });
      assert.deepEqual([each.at('results.0.ok'), each.at('results.1.error.code')], [true, 'not-found'], each.text);
    });

    test('why one may not is told, gate by gate, to oneself and to those who administer', async () => {
      const asked = `GET /v1/explain?module=deals&id=${ids['beas']}&doing=delete`;
      const why = await as('bea', asked);
      assert.deepEqual(why.json, {
        allowed: false,
        gates: [
          { gate: 'profile', open: false, profiles: [ids['careful']] },
          { gate: 'record', open: true, wanted: 'full', level: 'full', grounds: [{ reason: 'owner', level: 'full' }] },
        ],
      });
      const reasons = async (who: string): Promise<unknown> =>
        (await as('boss', `${asked}&user=${ids[who]}`)).at('gates.1.grounds.0.reason');
      assert.deepEqual(await Promise.all(['manager', 'mara', 'boss'].map(reasons)), ['superior', undefined, 'admin']);
      const field = await as('bea', 'GET /v1/explain?module=deals&field=amount');
      assert.deepEqual(
        [field.at('allowed'), field.at('gates.1.gate'), field.at('gates.1.open')],
        [false, 'field', false],
      );
    });

    test('nobody explains what is not theirs to ask', async () => {
      assert.equal((await as('ada', `GET /v1/explain?module=deals&id=${ids['beas']}`)).status, 404);
      assert.equal((await as('ada', `GET /v1/explain?module=deals&user=${ids['bea']}`)).status, 403);
      const giulia = await make('contacts', { name: { last: 'Rossi' } });
      const customer = await app.token(tenant, { subject: { module: 'contacts', id: giulia } });
      assert.equal((await app.ask('GET /v1/explain?module=tickets', { token: customer })).status, 403);
      for (const query of ['module=deals&doing=fly', 'module=deals&field=wings', 'module=deals&why=x'])
        assert.equal((await as('ada', `GET /v1/explain?${query}`)).status, 400, query);
      assert.equal((await as('ada', 'GET /v1/explain?module=wings')).status, 404);
      assert.equal((await app.ask('GET /v1/explain?module=deals', { token: key })).at('errors.0.code'), 'required');
    });

    test('a file is as its record', async () => {
      const sent = await app.ask('POST /v1/files?name=offer.txt', {
        token: key,
        body: 'An offer',
        headers: { 'content-type': 'text/plain' },
      });
      const file = sent.at('id') as string;
      await make('sharingRules', { module: 'documents' });
      const owner = { type: 'user', id: ids['ada'] };
      await make('documents', { title: 'Offer', type: 'file', file, owner });
      const seen = await Promise.all(['ada', 'manager', 'bea'].map((who) => as(who, `GET /v1/files/${file}`)));
      assert.deepEqual(
        seen.map(({ status }) => status),
        [200, 200, 404],
      );
    });

    test('nobody but those who administer decides who may do what', async () => {
      for (const [module, id, values] of [
        ['users', ids['ada'], { isAdmin: true }],
        ['users', ids['ada'], { role: ids['CEO'] }],
        ['roles', ids['Rep North'], { parent: null }],
        ['profiles', ids['careful'], { fields: null }],
        ['groups', ids['Marketing'], { members: [link('users', ids['ada']!)] }],
      ] as const) {
        const refused = await as('ada', `PATCH /v1/${module}/${id}`, values);
        assert.equal(refused.at('errors.0.code'), 'admins-only', `${module}: ${refused.text}`);
      }
      const opening = await as('ada', `PATCH /v1/sharingRules/${ids['deals']}`, { default: 'public_full' });
      assert.ok(opening.status >= 400, opening.text);
      assert.equal((await as('ada', `PATCH /v1/users/${ids['ada']}`, { title: 'Rep' })).status, 200);
      const made = await as('boss', 'POST /v1/roles', { name: 'Trainee', parent: ids['Rep North'] });
      assert.equal(made.status, 201, made.text);
    });

    test('a role that moves in the tree takes effect at once, and every cache is told that rights changed', async () => {
      const before = await as('bea', 'POST /v1/sync/query', { module: 'deals', query: { limit: 50 } });
      const aclSeq = before.at('aclSeq') as number;
      assert.equal((await change('roles', ids['Rep North']!, { parent: null })).status, 200);
      const seen = async (who: string): Promise<number> => (await as(who, `GET /v1/deals/${ids['adas']}`)).status;
      assert.deepEqual([await seen('manager'), await seen('ceo'), await seen('ada')], [404, 404, 200]);
      const next = await as('bea', 'POST /v1/sync/query', { module: 'deals', query: { limit: 50 } });
      assert.ok((next.at('aclSeq') as number) > aclSeq);
      await change('roles', ids['Rep North']!, { parent: ids['Sales Manager'] });
      assert.deepEqual([await seen('manager'), await seen('ceo')], [200, 200]);
    });
  });
