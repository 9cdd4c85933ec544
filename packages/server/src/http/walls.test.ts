import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Tenant } from '../auth/access.ts';
import { engines } from '../testing/test-database.ts';
import { TestApp, type Answer, type Sent } from '../testing/test-app.ts';

/** Everything that one side owns, by module. */
interface Belongings {
  readonly token: string;
  readonly account: string;
  readonly contact: string;
  readonly ticket: string;
  readonly deal: string;
}

/** An answer without what differs by itself from request to request. */
const shapeOf = ({ status, json }: Answer, id: string): unknown => {
  const { requestId: _requestId, ...rest } = (json ?? {}) as Readonly<Record<string, unknown>>;
  return JSON.parse(JSON.stringify({ status, rest }).replaceAll(id, '<id>'));
};

for (const engine of engines)
  describe(`the walls, on ${engine.name}`, { skip: engine.skip }, () => {
    let app: TestApp;
    let one: Belongings;
    let two: Belongings;
    let tenant: Tenant;

    const made = async (token: string, module: string, body: object): Promise<string> => {
      const answer = await app.ask(`POST /v1/${module}`, { token, body });
      assert.equal(answer.status, 201, answer.text);
      return String(answer.at('id'));
    };

    const furnish = async (slug: string): Promise<Belongings> => {
      const of = await app.tenant(slug);
      if (slug === 'one') tenant = of;
      const token = await app.key(of);
      const pipeline = await made(token, 'pipelines', { name: 'Sales' });
      const stage = await made(token, 'stages', { pipeline, name: 'New', kind: 'open' });
      const account = await made(token, 'accounts', { name: `Acme ${slug}` });
      const contact = await made(token, 'contacts', {
        name: { last: `Rossi ${slug}` },
        primaryAccount: account,
        emails: [{ value: `rossi@${slug}.test` }],
      });
      const ticket = await made(token, 'tickets', {
        subject: `Help ${slug}`,
        contact,
        account,
        serial: `SECRET-${slug}`,
      });
      const deal = await made(token, 'deals', {
        name: `Deal ${slug}`,
        account,
        pipeline,
        stage,
        expectedCloseDate: '2030-01-01',
      });
      return { token, account, contact, ticket, deal };
    };

    before(async () => {
      app = await TestApp.open(engine);
      one = await furnish('one');
      two = await furnish('two');
    });
    after(async () => app.close());

    describe('between tenants', () => {
      const modules = ['accounts', 'contacts', 'tickets', 'deals'] as const;
      const idsOf = (side: Belongings): readonly string[] => [side.account, side.contact, side.ticket, side.deal];

      test('no record of another is there, whatever one does with it', async () => {
        const before = await app.ask('POST /v1/accounts/query', { token: two.token, body: {} });
        for (const [index, module] of modules.entries()) {
          const foreign = idsOf(two)[index]!;
          const random = crypto.randomUUID();
          for (const [route, sent] of [
            ['GET /v1/:m/:id', {}],
            ['GET /v1/:m/:id?include=account', {}],
            ['GET /v1/:m/:id/history', {}],
            ['PATCH /v1/:m/:id', { body: { description: 'mine' } }],
            ['PATCH /v1/:m/:id', { body: { description: 'mine' }, headers: { 'if-match': '"1"' } }],
            ['DELETE /v1/:m/:id', {}],
            ['POST /v1/:m/:id/restore', {}],
            ['POST /v1/:m/:id/reopen', { body: {} }],
          ] as readonly (readonly [string, Sent])[]) {
            const ask = async (id: string): Promise<unknown> =>
              shapeOf(await app.ask(route.replace(':m', module).replace(':id', id), { token: one.token, ...sent }), id);
            assert.deepEqual(await ask(foreign), await ask(random), `${route} of ${module}`);
          }
        }
        assert.deepEqual((await app.ask('POST /v1/accounts/query', { token: two.token, body: {} })).json, before.json);
      });

      test('no list, sum or search shows what belongs to another', async () => {
        for (const [index, module] of modules.entries()) {
          const foreign = idsOf(two)[index]!;
          const texts = [
            (await app.ask(`GET /v1/${module}?limit=200&archived=with`, { token: one.token })).text,
            (await app.ask(`GET /v1/${module}?deleted=only`, { token: one.token })).text,
            (
              await app.ask(`POST /v1/${module}/query`, {
                token: one.token,
                body: { where: { id: { in: [foreign] } } },
              })
            ).text,
            (await app.ask('GET /v1/search?q=two', { token: one.token })).text,
          ];
          assert.ok(
            texts.every((text) => !text.includes(foreign)),
            module,
          );
          const count = await app.ask(`POST /v1/${module}/aggregate`, {
            token: one.token,
            body: { measures: [{ fn: 'count' }] },
          });
          assert.deepEqual(count.at('groups.0.values'), [1], module);
        }
      });

      test('no cache hears of another’s records, and no mutation reaches them', async () => {
        for (const [index, module] of modules.entries()) {
          const foreign = idsOf(two)[index]!;
          const random = crypto.randomUUID();
          const sync = async (what: string, body: object, id: string): Promise<unknown> => {
            const { status, json } = await app.ask(`POST /v1/sync/${what}`, { token: one.token, body });
            return JSON.stringify({ status, json })
              .replaceAll(id, '<id>')
              .replaceAll(/"requestId":"[^"]*"/g, '');
          };
          for (const [what, bodyOf] of [
            ['records', (id: string) => ({ module, known: [[id, 0]] })],
            ['verify', (id: string) => ({ module, known: [[id, 0]] })],
            ['query', (id: string) => ({ module, query: { where: { id: { is: id } } } })],
            ...['update', 'delete', 'restore'].map(
              (op) =>
                [
                  'push',
                  (id: string) => ({
                    client: `client-of-one-${module}-${op}-${id === foreign ? 'f' : 'r'}`,
                    heard: 0,
                    mutations: [{ mid: 1, changes: [{ op, module, id, ...(op === 'update' && { values: {} }) }] }],
                  }),
                ] as const,
            ),
          ] as const)
            assert.equal(await sync(what, bodyOf(foreign), foreign), await sync(what, bodyOf(random), random), what);
          const bulk = await app.ask(`GET /v1/sync/bulk?module=${module}`, { token: one.token });
          assert.equal(bulk.text.includes(foreign), false);
        }
      });

      test('no link reaches over', async () => {
        for (const body of [
          { name: { last: 'X' }, primaryAccount: two.account },
          { name: { last: 'X' }, reportsTo: two.contact },
        ])
          assert.equal(
            (await app.ask('POST /v1/contacts', { token: one.token, body })).at('errors.0.code'),
            'missing-link',
          );
        const changes = [
          { op: 'update', module: 'contacts', id: one.contact, values: { primaryAccount: two.account } },
        ];
        assert.equal((await app.ask('POST /v1/changes', { token: one.token, body: { changes } })).status, 400);
      });

      test('an id that another has is free', async () => {
        const answer = await app.ask('POST /v1/accounts', {
          token: one.token,
          body: { id: two.account, name: 'Mine' },
        });
        assert.equal(answer.status, 201, answer.text);
        assert.equal((await app.ask(`GET /v1/accounts/${two.account}`, { token: two.token })).at('name'), 'Acme two');
        await app.ask(`DELETE /v1/accounts/${two.account}`, { token: one.token });
        assert.equal((await app.ask(`GET /v1/accounts/${two.account}`, { token: two.token })).status, 200);
      });

      test('idempotency keys of one are not those of another', async () => {
        const send = async (token: string): Promise<unknown> =>
          (
            await app.ask('POST /v1/accounts', {
              token,
              body: { name: 'Keyed' },
              headers: { 'idempotency-key': 'same' },
            })
          ).at('name');
        assert.deepEqual([await send(one.token), await send(two.token)], ['Keyed', 'Keyed']);
        for (const token of [one.token, two.token])
          assert.equal(
            (await app.ask('GET /v1/accounts?where={"name":"Keyed"}&count=exact', { token })).at('count'),
            1,
          );
      });

      test('files of one are not there for another', async () => {
        const file = await app.ask('POST /v1/files?name=a.txt', {
          token: two.token,
          body: 'hello',
          headers: { 'content-type': 'text/plain' },
        });
        const id = String(file.at('id'));
        assert.equal((await app.ask(`GET /v1/files/${id}`, { token: two.token })).text, 'hello');
        assert.equal((await app.ask(`GET /v1/files/${id}`, { token: one.token })).status, 404);
        assert.equal((await app.ask(`POST /v1/files/${id}/link`, { token: one.token })).status, 404);
        const url = String((await app.ask(`POST /v1/files/${id}/link`, { token: two.token })).at('url'));
        assert.equal((await app.ask(`GET ${url.replace(/tenant=[^&]+/, `tenant=${tenant.id}`)}`)).status, 401);
      });
    });

    describe('around a customer', () => {
      let token: string;
      let other: string;
      let foreign: string;
      let hidden: string;
      const ask = async (route: string, sent: Sent = {}): Promise<Answer> => app.ask(route, { token, ...sent });

      before(async () => {
        token = await app.token(tenant, { subject: { module: 'contacts', id: one.contact } });
        other = await made(one.token, 'contacts', {
          name: { last: 'Bianchi' },
          emails: [{ value: 'bianchi@one.test' }],
        });
        foreign = await made(one.token, 'tickets', { subject: 'Foreign', contact: other, serial: 'SECRET-other' });
        hidden = await made(one.token, 'tickets', { subject: 'Hidden', contact: one.contact, portalVisible: false });
      });

      test('only own and visible records are listed, read, counted and found', async () => {
        const list = await ask('GET /v1/tickets?count=exact&limit=200');
        assert.deepEqual(
          [(list.at('records') as readonly unknown[]).length, list.at('records.0.id'), list.at('count')],
          [1, one.ticket, 1],
        );
        assert.equal(list.text.includes('SECRET'), false);
        assert.equal((await ask(`GET /v1/tickets/${one.ticket}`)).status, 200);
        assert.deepEqual(
          (await ask('POST /v1/tickets/aggregate', { body: { measures: [{ fn: 'count' }] } })).at('groups.0.values'),
          [1],
        );
        assert.equal((await ask('GET /v1/search?q=foreign')).text, '{"results":[]}');
        assert.equal((await ask('GET /v1/search?q=secret')).text, '{"results":[]}');
        assert.equal((await ask('GET /v1/search?q=help')).at('results.0.record.id'), one.ticket);
      });

      test('records of others, hidden ones and ones that never were answer alike', async () => {
        const random = crypto.randomUUID();
        for (const [route, sent] of [
          ['GET /v1/tickets/:id', {}],
          ['GET /v1/tickets/:id?fields=subject', {}],
          ['PATCH /v1/tickets/:id', { body: { subject: 'x' } }],
          ['DELETE /v1/tickets/:id', {}],
          ['POST /v1/tickets/:id/restore', {}],
          ['POST /v1/tickets/:id/comment', { body: { body: 'x' } }],
          ['POST /v1/tickets/:id/close', { body: {} }],
          ['POST /v1/tickets/:id/reopen', { body: {} }],
          ['GET /v1/tickets/:id/history', {}],
        ] as readonly (readonly [string, Sent])[]) {
          const answers = await Promise.all(
            [random, foreign, hidden].map(async (id) => shapeOf(await ask(route.replace(':id', id), sent), id)),
          );
          assert.deepEqual(answers[1], answers[0], route);
          assert.deepEqual(answers[2], answers[0], route);
        }
        assert.equal((await app.ask(`GET /v1/tickets/${foreign}`, { token: one.token })).at('version'), 1);
      });

      test('hidden fields and modules are unknown', async () => {
        for (const query of [
          'where={"serial":{"empty":false}}',
          'sort=serial',
          'fields=serial',
          'include=contact',
          'where={"contact":{"has":{}}}',
          'where={"duplicates":{"some":{}}}',
        ])
          assert.equal((await ask(`GET /v1/tickets?${query}`)).status, 400, query);
        for (const module of ['leads', 'users', 'notes', 'stages', 'services'])
          assert.equal((await ask(`GET /v1/${module}`)).status, 404, module);
        assert.equal((await ask('GET /v1/tickets?deleted=only')).status, 403);
      });

      test('a ticket becomes their own, whatever they claim', async () => {
        const answer = await ask('POST /v1/tickets', {
          body: { subject: 'New', description: '<b>x</b><script>y</script>' },
        });
        assert.equal(answer.status, 201, answer.text);
        assert.deepEqual(
          [answer.at('description'), answer.at('contact'), answer.at('number') !== null],
          ['<b>x</b>', undefined, true],
        );
        const stored = await app.ask(`GET /v1/tickets/${String(answer.at('id'))}`, { token: one.token });
        assert.deepEqual(
          [stored.at('contact'), stored.at('portalVisible'), stored.at('channel'), stored.at('source')],
          [one.contact, true, 'portal', 'portal'],
        );
        for (const values of [
          { contact: other },
          { account: one.account },
          { portalVisible: false },
          { owner: null },
          { serial: 'x', status: 'closed' },
        ])
          assert.equal(
            (await ask('POST /v1/tickets', { body: { subject: 'New', ...values } })).status,
            400,
            JSON.stringify(values),
          );
      });

      test('products are those on offer, without prices, costs and stock', async () => {
        const price = { amount: '10.00', currency: 'EUR' };
        const product = async (name: string, values: object = {}): Promise<string> =>
          made(one.token, 'products', { name, price, cost: price, ...values });
        const chair = await product('Chair', { sku: 'SEC-1', stockTracked: true, saleFrom: '2020-01-01' });
        const others = [
          await product('Old chair', { active: false }),
          await product('Chair to come', { saleFrom: '2999-01-01' }),
          await product('Chair that was', { saleTo: '2020-01-01' }),
        ];
        const list = await ask('GET /v1/products?count=exact');
        assert.deepEqual([list.at('count'), list.at('records.0.id'), list.at('records.0.sku')], [1, chair, 'SEC-1']);
        assert.equal(/price|cost|onHand|active|supplier|vendor/i.test(list.text), false, list.text);
        for (const query of ['sort=price', 'fields=onHand', 'where={"cost":{"empty":false}}', 'where={"active":false}'])
          assert.equal((await ask(`GET /v1/products?${query}`)).status, 400, query);
        for (const id of others) {
          assert.equal((await ask(`GET /v1/products/${id}`)).status, 404);
          const body = { subject: 'About it', product: id };
          assert.equal((await ask('POST /v1/tickets', { body })).at('errors.0.code'), 'missing-link');
        }
        for (const [route, body] of [
          ['POST /v1/products', { name: 'Mine', price }],
          [`PATCH /v1/products/${chair}`, { name: 'Mine' }],
          [`DELETE /v1/products/${chair}`, undefined],
        ] as const)
          assert.equal((await ask(route, body ? { body } : {})).status, 403, route);
        const ticket = await ask('POST /v1/tickets', { body: { subject: 'About it', product: chair } });
        assert.equal(ticket.status, 201, ticket.text);
        const stored = await app.ask(`GET /v1/tickets/${String(ticket.at('id'))}`, { token: one.token });
        assert.equal(stored.at('product'), chair);
      });

      test('a batch gets no further than one change', async () => {
        const mine = { op: 'create', module: 'tickets', id: crypto.randomUUID(), values: { subject: 'Batch' } };
        for (const change of [
          { op: 'update', module: 'tickets', id: foreign, values: { subject: 'x' } },
          { op: 'act', module: 'tickets', id: foreign, action: 'close', args: {} },
          { op: 'create', module: 'tickets', id: foreign, values: { subject: 'x' } },
          { op: 'create', module: 'notes', id: crypto.randomUUID(), values: { body: 'x' } },
          { op: 'update', module: 'contacts', id: other, values: { language: 'it' } },
          { op: 'delete', module: 'tickets', id: one.ticket },
        ])
          for (const atomic of [true, false]) {
            const answer = await ask('POST /v1/changes', {
              body: { changes: [{ ...mine, id: crypto.randomUUID() }, change], atomic },
            });
            assert.equal(
              answer.status === 200 ? answer.at('results.1.ok') : answer.status < 500,
              answer.status !== 200,
              JSON.stringify(change),
            );
          }
        assert.equal((await app.ask(`GET /v1/tickets/${foreign}`, { token: one.token })).at('version'), 1);
      });

      test('definitions tell of nothing else', async () => {
        const meta = await ask('GET /v1/meta');
        const modules = meta.at('modules') as readonly {
          readonly key: string;
          readonly fields: object;
          readonly many: object;
        }[];
        assert.deepEqual(modules.map(({ key }) => key).toSorted(), [
          'accounts',
          'contacts',
          'deals',
          'documents',
          'products',
          'salesOrders',
          'tickets',
        ]);
        for (const word of [
          'slaTimers',
          'restrictWhile',
          'isAdmin',
          'marginAmount',
          'handleMinutes',
          'rejectReason',
          'isReference',
        ])
          assert.equal(meta.text.includes(word), false, word);
        assert.deepEqual(modules.find(({ key }) => key === 'tickets')?.many, {});
        assert.equal(meta.at('identity.id'), one.contact);
      });

      test('files are theirs if they sent them, or a colleague shared them', async () => {
        const upload = async (by: string): Promise<string> =>
          String(
            (
              await app.ask('POST /v1/files?name=a.txt', {
                token: by,
                body: 'hello',
                headers: { 'content-type': 'text/plain' },
              })
            ).at('id'),
          );
        const own = await upload(token);
        assert.equal((await ask(`GET /v1/files/${own}`)).status, 200);
        const internal = await upload(one.token);
        assert.equal((await ask(`GET /v1/files/${internal}`)).status, 404);
        // claiming somebody else's upload for a document of one's own does not open it
        const claimed = await ask('POST /v1/documents', { body: { title: 'x', type: 'file', file: internal } });
        assert.equal(claimed.status, 201, claimed.text);
        assert.equal((await ask(`GET /v1/files/${internal}`)).status, 404);
        assert.equal((await ask(`POST /v1/files/${internal}/link`)).status, 404);
        const sharedWith = [{ module: 'contacts', id: one.contact }];
        await made(one.token, 'documents', { title: 'For you', type: 'file', file: internal, sharedWith });
        assert.equal((await ask(`GET /v1/files/${internal}`)).status, 200);
      });

      test('an account sees its own, and a contact of it does not', async () => {
        assert.equal((await ask(`GET /v1/accounts/${one.account}`)).status, 404);
        const company = await app.token(tenant, { subject: { module: 'accounts', id: one.account } });
        assert.equal((await app.ask(`GET /v1/accounts/${one.account}`, { token: company })).status, 200);
        const tickets = (await app.ask('GET /v1/tickets', { token: company })).at('records') as { id: string }[];
        assert.ok(tickets.some(({ id }) => id === one.ticket));
        assert.equal((await app.ask(`GET /v1/contacts/${one.contact}`, { token: company })).status, 404);
      });
    });
  });
