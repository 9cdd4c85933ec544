import { create, remove, update, type Change } from '../change.ts';
import type { IdOf } from '../records.ts';
import { deepEqual, isTrue } from './expect.ts';
import { id, refusal } from './store-kit.ts';
import { account, headOf, newClient, pushOf, successOf, type DoorRule } from './sync-door-kit.ts';

type Account = IdOf<'accounts'>;

/** What clients send. */
export const pushingRules: Readonly<Record<string, DoorRule>> = {
  'R10 mutations are carried out in order, once, however often they come': async (opened) => {
    const { door, others } = opened;
    const made = id('accounts');
    const push = pushOf(
      newClient(),
      1,
      [create('accounts', made, { name: 'Once' })],
      [update('accounts', made, { employees: 3 }, 1)],
    );
    const first = await door.push(push);
    const again = await door.push(push);
    deepEqual([first.last, again.last, again.asOf, again.outcomes], [2, 2, first.asOf, first.outcomes]);
    const { version, employees } = await others.get('accounts', made);
    deepEqual([version, employees], [2, 3]);
  },
  'R10 a mutation behind a gap is not carried out': async (opened) => {
    const { door } = opened;
    const client = newClient();
    const head = await headOf(opened);
    const make = () => [create('accounts', id('accounts'), { name: 'Gap' })];
    const unknown = await door.push(pushOf(client, 2, make()));
    deepEqual([unknown.gap, unknown.last, unknown.outcomes], [true, 0, []]);
    await door.push(pushOf(client, 1, []));
    const behind = await door.push(pushOf(client, 3, make()));
    deepEqual([behind.gap, behind.last, behind.outcomes], [true, 1, []]);
    const torn = pushOf(client, 2, make(), make());
    torn.mutations[1]!.mid = 4;
    await refusal(door.push(torn), 'validation');
    deepEqual(await headOf(opened), head);
  },
  'R11 the answer brings every record that a mutation wrote, related ones too': async (opened) => {
    const { door, others } = opened;
    const about = await account(opened);
    const note = create('notes', id('notes'), { record: { module: 'accounts', id: about.id as Account }, body: 'x' });
    const pushed = await door.push(pushOf(newClient(), 1, [note]));
    const { touched = [] } = successOf(pushed);
    deepEqual(touched.map(({ module }) => module).toSorted(), ['accounts', 'notes']);
    for (const one of touched) {
      const now = await others.get(one.module, one.id as never);
      deepEqual([one.version, one.record], [now.version, now]);
    }
    isTrue(pushed.asOf === (await headOf(opened)), 'it is as new as what it did');
    const [gone] = successOf(
      await door.push(pushOf(newClient(), 1, [remove('accounts', about.id as Account)])),
    ).touched!;
    deepEqual([gone?.id, gone?.record], [about.id, null]);
  },
  'R12 a refused mutation is counted with its reason, and keeps none of the next ones back': async (opened) => {
    const { door, others } = opened;
    const [half, made] = [id('accounts'), id('accounts')];
    const push = pushOf(
      newClient(),
      1,
      [create('accounts', id('accounts'), {} as never)],
      [create('accounts', half, { name: 'Half' }), update('accounts', half, { name: '' })],
      [update('accounts', id('accounts'), { name: 'Nobody' })],
      [create('accounts', made, { name: 'Next' })],
    );
    for (const pushed of [await door.push(push), await door.push(push)]) {
      deepEqual(
        pushed.outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.error.code)),
        ['validation', 'validation', 'not-found', 'ok'],
      );
      const [refused] = pushed.outcomes;
      deepEqual([pushed.last, refused?.ok === false && refused.error.errors?.[0]?.path], [4, '/name']);
    }
    deepEqual(
      (await others.list('accounts')).records.map(({ id: one }) => one),
      [made],
    );
  },
  'R12 a mutation that nobody can read is refused alone': async (opened) => {
    const { door, others } = opened;
    const made = id('accounts');
    const push = pushOf(
      newClient(),
      1,
      [{ op: 'fold', module: 'accounts', id: id('accounts'), corners: 4 } as unknown as Change],
      [create('accounts', made, { name: 'Next' })],
    );
    Object.assign(push.mutations[0]!, { intent: 'of a later version' });
    for (const pushed of [await door.push(push), await door.push(push)]) {
      const [refused, next] = pushed.outcomes;
      deepEqual([pushed.last, next?.ok], [2, true]);
      deepEqual(refused?.ok === false && refused.error.errors?.map(({ path, code }) => [path, code]), [
        ['', 'unreadable'],
      ]);
    }
    deepEqual((await others.list('accounts')).records.length, 1);
  },
  'R12 an empty mutation only counts': async (opened) => {
    const { door } = opened;
    const head = await headOf(opened);
    const pushed = await door.push(pushOf(newClient(), 1, [], []));
    deepEqual(
      [pushed.last, pushed.asOf, pushed.outcomes.map(({ ok, mid }) => [ok, mid])],
      [
        2,
        head,
        [
          [true, 1],
          [true, 2],
        ],
      ],
    );
  },
  'R10 what a client has heard of may be forgotten, and counts as carried out': async (opened) => {
    const { door } = opened;
    const client = newClient();
    const made = [create('accounts', id('accounts'), { name: 'Heard' })];
    await door.push(pushOf(client, 1, made));
    await door.push({ ...pushOf(client, 2, []), heard: 1 });
    deepEqual((await door.push(pushOf(client, 1, made))).outcomes, [{ ok: true, mid: 1 }]);
  },
  'R14 one’s own earlier changes are no conflict': async (opened) => {
    const { door, others } = opened;
    const { id: key, version } = await account(opened, { employees: 1 });
    const change = (employees: number) => update('accounts', key as Account, { employees }, version);
    const pushed = await door.push(pushOf(newClient(), 1, [change(2)], [change(3), change(4)]));
    deepEqual([successOf(pushed, 0).conflicts, successOf(pushed, 1).conflicts], [undefined, undefined]);
    deepEqual((await others.get('accounts', key as Account)).employees, 4);
  },
  'R14 others’ changes are met, settled by the policy of the field, and told': async (opened) => {
    const { door, others } = opened;
    const { id: key, version } = await account(opened, { employees: 1, tags: ['a'] });
    const client = newClient();
    const mine = (values: object) => [update('accounts', key as Account, values, version)];
    await door.push(pushOf(client, 1, mine({ employees: 2 })));
    await others.apply([update('accounts', key as Account, { employees: 6, tags: ['a', 'b'] })]);
    const pushed = await door.push(pushOf(client, 2, mine({ employees: 7, tags: ['a', 'c'] })));
    const conflicts = (successOf(pushed).conflicts ?? []).toSorted((a, b) => (a.field < b.field ? -1 : 1));
    deepEqual(
      conflicts.map((one) => [one.field, one.base, one.mine, one.theirs, one.kept]),
      [
        ['employees', 2, 7, 6, 'mine'],
        ['tags', ['a'], ['a', 'c'], ['a', 'b'], 'both'],
      ],
    );
    isTrue(
      conflicts.every(({ at }) => typeof at === 'string'),
      'it says when',
    );
    const { employees, tags } = await others.get('accounts', key as Account);
    deepEqual([employees, tags], [7, ['a', 'b', 'c']]);
  },
  'R14 what others added stays, however often one goes on from before it': async (opened) => {
    const { door, others } = opened;
    const { id: key, version } = await account(opened, { tags: ['a'], description: 'a\n' });
    const client = newClient();
    const mine = (tags: string, description: string) => [
      update('accounts', key as Account, { tags: tags.split(''), description: `${description}\n` }, version),
    ];
    await others.apply([update('accounts', key as Account, { tags: ['a', 'b'], description: 'a\nb\n' })]);
    await door.push(pushOf(client, 1, mine('ac', 'a\nc'), mine('acd', 'a\nc\nd')));
    const before = await others.get('accounts', key as Account);
    await others.apply([update('accounts', key as Account, { description: `${before.description}e\n` })]);
    // without what it added itself
    await door.push(pushOf(client, 3, mine('adf', 'a\nc\nd\nf')));
    const { tags, description } = await others.get('accounts', key as Account);
    deepEqual([tags?.toSorted().join(''), description?.split('\n').toSorted().join('')], ['abdf', 'abcdef']);
  },
  'R14 what only a person can settle is refused, with both values': async (opened) => {
    const { door, others } = opened;
    const eur = (amount: string) => ({ amount, currency: 'EUR' });
    const product = id('products');
    await others.apply([create('products', product, { name: 'Chair', price: eur('10.0000') })]);
    await others.apply([update('products', product, { price: eur('12.0000') })]);
    const pushed = await door.push(pushOf(newClient(), 1, [update('products', product, { price: eur('11.0000') }, 1)]));
    const [refused] = pushed.outcomes;
    isTrue(refused?.ok === false, 'it is refused');
    const { code, conflicts } = (refused as typeof refused & { ok: false }).error;
    const [conflict] = conflicts ?? [];
    deepEqual(
      [code, conflict?.field, conflict?.base, conflict?.mine, conflict?.theirs],
      ['conflict', 'price', eur('10.0000'), eur('11.0000'), eur('12.0000')],
    );
  },
};
