import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { ChangeEvent } from '@tessera-crm/model/protocol/events.js';
import { pushedMessage } from '@tessera-crm/model/protocol/sync/messages.js';
import type { Tenant } from '../auth/access.ts';
import { engines } from '../testing/test-database.ts';
import { TestApp, type Answer, type Sent } from '../testing/test-app.ts';

type Values = Readonly<Record<string, unknown>>;
type Told = readonly [op: string, id: string];

for (const engine of engines)
  describe(`what a customer hears of records that come and go, on ${engine.name}`, { skip: engine.skip }, () => {
    let app: TestApp;
    let tenant: Tenant;
    let token: string;
    let giulia: string;
    let bruno: string;
    let customer: string;

    before(async () => {
      app = await TestApp.open(engine);
      tenant = await app.tenant('demo');
      token = await app.key(tenant);
      giulia = await made('contacts', { name: { last: 'Rossi' } });
      bruno = await made('contacts', { name: { last: 'Bruni' } });
      customer = await app.token(tenant, { subject: { module: 'contacts', id: giulia } });
    });
    after(async () => app.close());

    const made = async (module: string, values: Values): Promise<string> =>
      String((await app.ask(`POST /v1/${module}`, { token, body: values })).at('id'));
    const ticket = async (values: Values): Promise<string> => made('tickets', { subject: 'x', ...values });
    const change = async (id: string, values: Values): Promise<Answer> =>
      app.ask(`PATCH /v1/tickets/${id}`, { token, body: values });
    const poll = async (cursor?: number): Promise<Answer> =>
      app.ask(`GET /v1/sync/feed${cursor === undefined ? '' : `?cursor=${cursor}`}`, {
        token: customer,
        headers: { accept: 'application/json' },
      });
    const now = async (): Promise<number> => Number((await poll()).at('cursor'));

    /** What the customer is told of what happens, and the raw text of it. */
    const during = async (
      work: () => Promise<unknown>,
    ): Promise<{ readonly told: readonly Told[]; readonly text: string }> => {
      const cursor = await now();
      await work();
      const { json, text } = await poll(cursor);
      const { events } = json as { readonly events: readonly ChangeEvent[] };
      return { told: events.flatMap(({ changes }) => changes.map(({ op, id }): Told => [op, id])), text };
    };

    test('a record that goes to somebody else leaves', async () => {
      const id = await ticket({ contact: giulia });
      const { told } = await during(() => change(id, { contact: bruno }));
      assert.deepEqual(told, [['leave', id]]);
    });

    test('a record that is hidden leaves, and comes back when it is shown', async () => {
      const id = await ticket({ contact: giulia });
      assert.deepEqual((await during(() => change(id, { portalVisible: false }))).told, [['leave', id]]);
      assert.deepEqual((await during(() => change(id, { portalVisible: true }))).told, [['update', id]]);
    });

    test('a record that is deleted is told as deleted, and comes back', async () => {
      const id = await ticket({ contact: giulia });
      assert.deepEqual((await during(() => app.ask(`DELETE /v1/tickets/${id}`, { token }))).told, [['delete', id]]);
      assert.deepEqual((await during(() => app.ask(`POST /v1/tickets/${id}/restore`, { token }))).told, [
        ['restore', id],
      ]);
    });

    test('it leaves once, whatever happened to it before and after', async () => {
      const id = await ticket({ contact: giulia });
      const { told } = await during(async () => {
        await change(id, { subject: 'before' });
        await change(id, { contact: bruno });
        await change(id, { subject: 'after' });
        await app.ask(`DELETE /v1/tickets/${id}`, { token });
      });
      assert.deepEqual(told, [['leave', id]]);
    });

    test('a record that never was theirs is not named, whatever happens to it', async () => {
      const id = await ticket({ contact: bruno });
      const { told, text } = await during(async () => {
        await change(id, { subject: 'y' });
        await change(id, { portalVisible: false });
        await change(id, { contact: null });
        await app.ask(`DELETE /v1/tickets/${id}`, { token });
        await app.ask(`POST /v1/tickets/${id}/restore`, { token });
        await made('accounts', { name: 'Secret' });
      });
      assert.deepEqual([told, text.includes(id)], [[], false]);
    });

    test('a record that was theirs hidden is not named when it goes', async () => {
      const id = await ticket({ contact: giulia, portalVisible: false });
      assert.deepEqual((await during(() => change(id, { contact: bruno }))).told, []);
    });

    test('many at once are told apart', async () => {
      const own = await Promise.all(Array.from({ length: 5 }, () => ticket({ contact: giulia })));
      const others = await Promise.all(Array.from({ length: 5 }, () => ticket({ contact: bruno })));
      const changes = [...own, ...others].map((id, index) => ({
        op: 'update',
        module: 'tickets',
        id,
        values: index % 2 === 0 ? { contact: index < 5 ? bruno : giulia } : { subject: 'y' },
      }));
      const { told } = await during(() => app.ask('POST /v1/changes', { token, body: { changes } }));
      assert.deepEqual(
        told.map(([op]) => op),
        ['leave', 'update', 'leave', 'update', 'leave', 'update', 'update'],
      );
    });

    describe('their own changes', () => {
      const send = async (mutations: readonly object[], client = crypto.randomUUID()): Promise<Answer> =>
        app.ask('POST /v1/sync/push', { token: customer, body: { client, heard: 0, mutations } } as Sent);

      test('go through, name nobody else’s records, and come back with what a customer may read', async () => {
        const account = await made('accounts', { name: 'Acme' });
        await app.ask(`PATCH /v1/contacts/${giulia}`, { token, body: { primaryAccount: account } });
        const id = crypto.randomUUID();
        const mutation = { mid: 1, changes: [{ op: 'create', module: 'tickets', id, values: { subject: 'Help' } }] };
        const client = crypto.randomUUID();
        for (const answer of [await send([mutation], client), await send([mutation], client)]) {
          const [outcome] = pushedMessage.parse(answer.json).outcomes;
          assert.ok(outcome?.ok, answer.text);
          assert.deepEqual(
            outcome.touched?.map((one) => [one.module, one.id]),
            [['tickets', id]],
          );
          const { record } = outcome.touched![0]!;
          assert.deepEqual([record?.['subject'], record && 'account' in record], ['Help', false]);
          assert.equal(answer.text.includes(account), false);
        }
        assert.equal((await app.ask(`GET /v1/accounts/${account}`, { token })).at('openCases'), 1);
      });

      test('to records of others are refused as if those did not exist', async () => {
        const foreign = await ticket({ contact: bruno });
        const deleted = await ticket({ contact: bruno });
        await app.ask(`DELETE /v1/tickets/${deleted}`, { token });
        const refusals = [];
        for (const id of [foreign, deleted, crypto.randomUUID()]) {
          const changes = [{ op: 'act', module: 'tickets', id, action: 'comment', args: { body: 'x' } }];
          const answer = await send([{ mid: 1, changes }]);
          refusals.push(answer.text.replaceAll(id, '<id>').replaceAll(/"(requestId|asOf|aclSeq)":[^,}]*/g, ''));
        }
        assert.deepEqual(refusals, [refusals[0], refusals[0], refusals[0]]);
      });

      test('that meet others’ do not tell who those were', async () => {
        const contact = await app.ask(`GET /v1/contacts/${giulia}`, { token });
        const base = Number(contact.at('version'));
        await app.ask(`PATCH /v1/contacts/${giulia}`, { token, body: { language: 'de' } });
        const user = String(
          (await app.ask('POST /v1/users', { token, body: { name: { last: 'N' }, email: 'n@leaving.test' } })).at('id'),
        );
        const by = await app.token(tenant, { user });
        await app.ask(`PATCH /v1/contacts/${giulia}`, { token: by, body: { language: 'fr' } });
        const values = { language: 'en' };
        const answer = await send([
          { mid: 1, changes: [{ op: 'update', module: 'contacts', id: giulia, values, base }] },
        ]);
        const [outcome] = pushedMessage.parse(answer.json).outcomes;
        assert.ok(outcome?.ok, answer.text);
        assert.deepEqual(
          outcome.conflicts?.map((one) => [one.field, one.theirs, one.by]),
          [['language', 'fr', null]],
        );
      });
    });

    test('asking by name tells nothing of others’ records, not even that they are there', async () => {
      const [own, foreign, never] = [
        await ticket({ contact: giulia }),
        await ticket({ contact: bruno }),
        crypto.randomUUID(),
      ];
      const ask = async (what: string, body: object): Promise<Answer> =>
        app.ask(`POST /v1/sync/${what}`, { token: customer, body });
      const ids = [own, foreign, never];
      const known = ids.map((id) => [id, 0]);
      assert.deepEqual((await ask('verify', { module: 'tickets', known })).at('gone'), [foreign, never]);
      const news = await ask('records', { module: 'tickets', known });
      assert.deepEqual(
        [news.at('gone'), news.at('records.0.id'), news.at('records.1')],
        [[foreign, never], own, undefined],
      );
      const page = await ask('query', { module: 'tickets', query: { limit: 200 } });
      assert.equal(page.text.includes(foreign), false);
      const bulk = await app.ask('GET /v1/sync/bulk?module=tickets', { token: customer });
      assert.deepEqual([bulk.text.includes(own), bulk.text.includes(foreign)], [true, false]);
      for (const module of ['notes', 'users'])
        for (const answer of [
          await ask('query', { module, query: {} }),
          await app.ask(`GET /v1/sync/bulk?module=${module}`, { token: customer }),
        ])
          assert.equal(answer.status, 404);
      assert.deepEqual((await ask('verify', { module: 'notes', known })).at('gone'), ids);
    });
  });
