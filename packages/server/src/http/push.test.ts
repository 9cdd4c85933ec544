import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { pushedMessage, type Pushed } from '@tessera-crm/model/protocol/sync/messages.js';
import type { Tenant } from '../auth/access.ts';
import { engines } from '../testing/test-database.ts';
import { TestApp, type Answer } from '../testing/test-app.ts';

type Values = Readonly<Record<string, unknown>>;

const create = (module: string, values: Values, id: string = crypto.randomUUID()) =>
  ({ op: 'create', module, id, values }) as const;

const update = (module: string, id: string, values: Values, base?: number) =>
  ({ op: 'update', module, id, values, ...(base !== undefined && { base }) }) as const;

for (const engine of engines)
  describe(`mutations of clients, on ${engine.name}`, { skip: engine.skip }, () => {
    let app: TestApp;
    let tenant: Tenant;
    let token: string;
    let client: string;

    before(async () => {
      app = await TestApp.open(engine);
      tenant = await app.tenant('demo');
      token = await app.key(tenant);
    });
    after(async () => app.close());
    beforeEach(() => (client = crypto.randomUUID()));

    interface Sending {
      readonly by?: string;
      readonly heard?: number;
      readonly client?: string;
    }

    const send = async (
      mutations: readonly (readonly [mid: number, ...changes: readonly object[]])[],
      { by = token, heard = 0, client: from = client }: Sending = {},
    ): Promise<Answer> =>
      app.ask('POST /v1/sync/push', {
        token: by,
        body: { client: from, heard, mutations: mutations.map(([mid, ...changes]) => ({ mid, changes })) },
      });

    const push = async (...args: Parameters<typeof send>): Promise<Pushed> => {
      const answer = await send(...args);
      assert.equal(answer.status, 200, answer.text);
      return pushedMessage.parse(answer.json);
    };

    const account = async (values: Values = {}): Promise<{ readonly id: string; readonly version: number }> => {
      const answer = await app.ask('POST /v1/accounts', { token, body: { name: 'Acme', ...values } });
      return { id: String(answer.at('id')), version: Number(answer.at('version')) };
    };
    const get = async (module: string, id: string): Promise<Answer> => app.ask(`GET /v1/${module}/${id}`, { token });
    const count = async (name: string): Promise<unknown> =>
      (await app.ask(`GET /v1/accounts?count=exact&where={"name":"${name}"}`, { token })).at('count');

    test('R10 are carried out in order, once, and answered with the same however often they come', async () => {
      const made = create('accounts', { name: 'Once' });
      const mutations = [
        [1, made],
        [2, update('accounts', made.id, { description: 'x' })],
      ] as const;
      const first = await push(mutations);
      const again = await push(mutations);
      assert.deepEqual([first.last, again.last, again.outcomes], [2, 2, first.outcomes]);
      assert.equal(await count('Once'), 1);
      const { version } = (await get('accounts', made.id)).json as { version: number };
      assert.deepEqual(
        first.outcomes.map((outcome) => outcome.ok && outcome.touched?.map((one) => [one.id, one.version])),
        [[[made.id, 1]], [[made.id, version]]],
      );
    });

    test('R10 are carried out once when they come several times at the same moment', async () => {
      const made = create('accounts', { name: 'Racing' });
      const answers = await Promise.all(Array.from({ length: 6 }, () => push([[1, made]])));
      assert.equal(await count('Racing'), 1);
      for (const { outcomes } of answers) assert.deepEqual(outcomes, answers[0]!.outcomes);
    });

    test('R10 are refused behind a gap', async () => {
      assert.deepEqual(await push([[2, create('accounts', { name: 'Gap' })]]).then(({ gap, last }) => [gap, last]), [
        true,
        0,
      ]);
      await push([[1]]);
      const behind = await push([[3, create('accounts', { name: 'Gap' })]]);
      assert.deepEqual([behind.gap, behind.last, behind.outcomes], [true, 1, []]);
      assert.equal(await count('Gap'), 0);
      const torn = await send([
        [2, create('accounts', { name: 'Gap' })],
        [4, create('accounts', { name: 'Gap' })],
      ]);
      assert.deepEqual([torn.status, torn.at('errors.0.path')], [400, '/mutations/1/mid']);
    });

    test('R12 that are refused are counted, told again with their reason, and keep none of the next ones back', async () => {
      const made = create('accounts', { name: 'After' });
      const mutations = [
        [1, create('accounts', {})],
        [2, create('nothing', {})],
        [3],
        [4, made, update('accounts', made.id, { name: '' })],
        [5, made],
      ] as const;
      const first = await push(mutations);
      assert.deepEqual(
        first.outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.error.code)),
        ['validation', 'not-found', 'ok', 'validation', 'ok'],
      );
      assert.equal(first.outcomes[0]?.ok === false && first.outcomes[0].error.errors?.[0]?.path, '/name');
      const again = await push(mutations);
      const withoutRequest = (pushed: Pushed) => JSON.stringify(pushed.outcomes).replaceAll(/"requestId":"[^"]*"/g, '');
      assert.equal(withoutRequest(again), withoutRequest(first));
      assert.equal(await count('After'), 1);
    });

    test('are forgotten once their client has heard of them, and then count as carried out', async () => {
      const made = create('accounts', { name: 'Heard' });
      await push([[1, made]]);
      await push([[2]], { heard: 1 });
      assert.deepEqual((await push([[1, made]])).outcomes, [{ ok: true, mid: 1 }]);
      assert.equal(await count('Heard'), 1);
    });

    test('of a client are its owner’s', async () => {
      await push([[1]]);
      const other = await send([[2]], { by: await app.key(tenant) });
      assert.deepEqual([other.status, other.at('reason')], [403, 'client']);
      const theirs = await app.key(await app.tenant('theirs'));
      assert.equal((await push([[1]], { by: theirs })).last, 1);
      assert.equal((await push([[2]])).last, 2);
    });

    test('name every record that they wrote, those of rules and sums among them', async () => {
      const { id } = await account();
      const ticket = create('tickets', { subject: 'x', account: id });
      const deal = create('deals', {
        name: 'x',
        account: id,
        expectedCloseDate: '2030-01-01',
        amount: { amount: '5.00', currency: 'EUR' },
      });
      const pipeline = create('pipelines', { name: 'Sales' });
      const stage = create('stages', { pipeline: pipeline.id, name: 'New', kind: 'open' });
      const pushed = await push([
        [1, pipeline, stage],
        [2, ticket, deal],
      ]);
      const touched = pushed.outcomes.flatMap((outcome) => (outcome.ok ? (outcome.touched ?? []) : []));
      for (const one of touched) {
        const now = await get(one.module, one.id);
        assert.deepEqual([one.record, one.version], [now.json, now.at('version')]);
      }
      assert.deepEqual(touched.map((one) => one.module).toSorted(), [
        'accounts',
        'deals',
        'pipelines',
        'stages',
        'tickets',
      ]);
    });

    test('take a record away, and say so', async () => {
      const { id } = await account();
      const pushed = await push([[1, { op: 'delete', module: 'accounts', id }]]);
      const [outcome] = pushed.outcomes;
      assert.ok(outcome?.ok);
      assert.deepEqual(
        outcome.touched?.map((one) => [one.module, one.id, one.record]),
        [['accounts', id, null]],
      );
    });

    describe('that meet the changes of others', () => {
      const meet = async (base: Values, theirs: Values, mine: Values): Promise<readonly [Pushed, Answer]> => {
        const { id, version } = await account(base);
        await app.ask(`PATCH /v1/accounts/${id}`, { token, body: theirs });
        const pushed = await push([[1, update('accounts', id, mine, version)]]);
        return [pushed, await get('accounts', id)];
      };

      test('merge where the fields are different ones, and agree where the values are the same', async () => {
        const [pushed, now] = await meet(
          {},
          { description: 'x', website: 'https://a.test' },
          { website: 'https://a.test', name: 'B' },
        );
        assert.deepEqual(
          [pushed.outcomes[0]?.ok && pushed.outcomes[0].conflicts, now.at('name'), now.at('description')],
          [undefined, 'B', 'x'],
        );
      });

      test('win for plain fields, and tell what they replaced', async () => {
        const [pushed, now] = await meet({ employees: 1 }, { employees: 2 }, { employees: 3 });
        assert.equal(now.at('employees'), 3);
        const [outcome] = pushed.outcomes;
        assert.ok(outcome?.ok);
        const [conflict] = outcome.conflicts ?? [];
        assert.deepEqual(
          [conflict?.field, conflict?.base, conflict?.mine, conflict?.theirs, conflict?.kept, typeof conflict?.at],
          ['employees', 1, 3, 2, 'mine', 'string'],
        );
      });

      test('are joined with them for tags and long texts', async () => {
        const [pushed, now] = await meet(
          { tags: ['a', 'b'], description: 'one\n\ntwo' },
          { tags: ['a', 'c'], description: 'ONE\n\ntwo' },
          { tags: ['a', 'b', 'd'], description: 'one\n\nTWO' },
        );
        assert.deepEqual([now.at('tags'), now.at('description')], [['a', 'c', 'd'], 'ONE\n\nTWO']);
        const [outcome] = pushed.outcomes;
        assert.deepEqual(outcome?.ok && outcome.conflicts?.map(({ field, kept }) => [field, kept]).toSorted(), [
          ['description', 'both'],
          ['tags', 'both'],
        ]);
      });

      test('are refused for amounts, with who was first, and when', async () => {
        const user = await app.ask('POST /v1/users', {
          token,
          body: { name: { last: 'Neri' }, email: `${client}@x.test` },
        });
        const userToken = await app.token(tenant, { user: String(user.at('id')) });
        const eur = (amount: string) => ({ amount: `${amount}00`, currency: 'EUR' });
        const product = await app.ask('POST /v1/products', { token, body: { name: 'Chair', price: eur('10.00') } });
        const id = String(product.at('id'));
        await app.ask(`PATCH /v1/products/${id}`, { token: userToken, body: { price: eur('12.00') } });
        const pushed = await push([
          [1, update('products', id, { price: { amount: '11.00', currency: 'EUR' } }, 1)],
          [2, create('accounts', { name: 'Next' })],
        ]);
        const [refused, next] = pushed.outcomes;
        assert.ok(refused && !refused.ok && next?.ok);
        const { code, conflicts } = refused.error;
        assert.deepEqual([code, conflicts?.length, typeof conflicts?.[0]?.at], ['conflict', 1, 'string']);
        const { at: _at, ...conflict } = conflicts![0]!;
        assert.deepEqual(conflict, {
          field: 'price',
          base: eur('10.00'),
          mine: eur('11.00'),
          theirs: eur('12.00'),
          by: `users:${String(user.at('id'))}`,
        });
        assert.deepEqual((await get('products', id)).at('price'), eur('12.00'));
      });

      test('are no conflict with what the same client did before', async () => {
        const { id, version } = await account({ employees: 1 });
        const first = await push([[1, update('accounts', id, { employees: 2 }, version)]]);
        const [, outcome] = (
          await push([
            [2, update('accounts', id, { employees: 3 }, version)],
            [3, update('accounts', id, { employees: 4 }, version), update('accounts', id, { employees: 5 }, version)],
          ])
        ).outcomes;
        assert.ok(first.outcomes[0]?.ok && outcome?.ok);
        assert.deepEqual([outcome.conflicts, (await get('accounts', id)).at('employees')], [undefined, 5]);
        await app.ask(`PATCH /v1/accounts/${id}`, { token, body: { employees: 6 } });
        const [met] = (await push([[4, update('accounts', id, { employees: 7 }, version)]])).outcomes;
        assert.ok(met?.ok);
        assert.deepEqual(
          met.conflicts?.map(({ base, theirs }) => [base, theirs]),
          [[5, 6]],
        );
      });

      test('say of a record that was deleted that it can be restored', async () => {
        const { id, version } = await account();
        await app.ask(`DELETE /v1/accounts/${id}`, { token });
        const [refused] = (await push([[1, update('accounts', id, { name: 'B' }, version)]])).outcomes;
        assert.ok(refused && !refused.ok);
        assert.deepEqual([refused.error.code, refused.error.reason], ['not-found', 'deleted']);
        const [restored] = (
          await push([[2, { op: 'restore', module: 'accounts', id }, update('accounts', id, { name: 'B' })]])
        ).outcomes;
        assert.ok(restored?.ok);
        assert.equal((await get('accounts', id)).at('name'), 'B');
      });
    });

    test('stop where the database is away, with what was done so far', async () => {
      const broken = create('accounts', { name: 'Broken' });
      // a table that is away fails as the machine's fault
      await app.database.maintain((connection) => connection.script('alter view tessera.v_m_accounts rename to gone'));
      const none = await send([[1, broken]]);
      const some = await push([[1], [2, broken], [3]]);
      await app.database.maintain((connection) => connection.script('alter view tessera.gone rename to v_m_accounts'));
      assert.deepEqual([none.status, some.outcomes.length, some.last], [500, 1, 1]);
      assert.equal((await push([[2, broken], [3]])).last, 3);
      assert.equal(await count('Broken'), 1);
    });
  });
