import { create, remove, update } from '../change.ts';
import type { IdOf } from '../records.ts';
import { deepEqual, isTrue } from './expect.ts';
import { added, id } from './store-kit.ts';
import { account, headOf, following, newClient, pushOf, successOf, type DoorRule } from './sync-door-kit.ts';

type Account = IdOf<'accounts'>;

/** What is asked for, and what is told. */
export const askingRules: Readonly<Record<string, DoorRule>> = {
  'R2 a page comes with the number that it is at least as new as, and with whole records': async (opened) => {
    const { door } = opened;
    const before = await headOf(opened);
    const made = await account(opened, { employees: 7 });
    const page = await door.query('accounts', { fields: ['name'], count: 'exact' });
    deepEqual([page.asOf, page.aclSeq, page.count, page.next], [before + 1, 0, 1, null]);
    deepEqual(
      [page.records[0]?.id, page.records[0]?.version, page.records[0]?.['employees']],
      [made.id, made.version, 7],
    );
  },
  'R7 records by name come when they are newer, and are gone when they are not to be seen': async (opened) => {
    const { door, others } = opened;
    const same = await account(opened);
    const newer = await account(opened);
    const gone = await account(opened);
    const never = id('accounts');
    await others.apply([
      update('accounts', newer.id as Account, { name: 'B' }),
      remove('accounts', gone.id as Account),
    ]);
    const known = [...[same, newer, gone].map((one) => [one.id, one.version] as const), [never, 0] as const];
    const news = await door.records('accounts', known);
    deepEqual(
      news.records.map((one) => [one.id, one['name']]),
      [[newer.id, 'B']],
    );
    deepEqual(news.gone, [gone.id, never]);
    deepEqual(news.asOf, await headOf(opened));
    deepEqual((await door.records('accounts', [[same.id, 0]])).records.length, 1);
  },
  'R4 verify names those that are gone, and those that changed with their versions': async (opened) => {
    const { door, others } = opened;
    const same = await account(opened);
    const newer = await account(opened);
    const gone = await account(opened);
    await others.apply([
      update('accounts', newer.id as Account, { name: 'B' }),
      remove('accounts', gone.id as Account),
    ]);
    const known = [same, newer, gone].map((one) => [one.id, one.version] as const);
    const verified = await door.verify('accounts', known);
    deepEqual([verified.gone, verified.changed], [[gone.id], [[newer.id, newer.version + 1]]]);
    deepEqual([verified.asOf, verified.aclSeq, verified.fieldsSeq], [await headOf(opened), 0, 0]);
  },
  'R1 news tell what changed after a cursor, in order, and where they end': async (opened) => {
    const { door, others } = opened;
    const cursor = await headOf(opened);
    const made = await account(opened);
    await others.apply([update('accounts', made.id as Account, { name: 'B' })]);
    await others.apply([remove('accounts', made.id as Account)]);
    const news = await door.news(cursor);
    deepEqual(
      news.events.flatMap(({ seq, changes }) => changes.map((one) => [seq - cursor, one.op, one.id, one.version])),
      [
        [1, 'create', made.id, 1],
        [2, 'update', made.id, 2],
        [3, 'delete', made.id, 3],
      ],
    );
    deepEqual([news.cursor, news.aclSeq, news.reset], [cursor + 3, 0, undefined]);
    deepEqual(
      (await door.news(cursor + 2)).events.map(({ seq }) => seq),
      [cursor + 3],
    );
  },
  'R1 news wait until something happens': async (opened) => {
    const { door } = opened;
    const cursor = await headOf(opened);
    let isTold = false;
    const asked = door.news(cursor).finally(() => (isTold = true));
    // whatever is answered meanwhile, it is not this
    await door.query('accounts', {});
    deepEqual(isTold, false);
    const made = await account(opened);
    deepEqual(
      (await asked).events.map(({ changes }) => changes[0]?.id),
      [made.id],
    );
  },
  'R9 news from before the horizon, or from the future, are a reset': async (opened) => {
    const { door, forget } = opened;
    await account(opened);
    const head = await headOf(opened);
    const future = await door.news(head + 1_000);
    deepEqual([future.reset, future.cursor, future.events], [true, head, []]);
    if (!forget) return;
    await forget();
    const late = await door.news(0);
    deepEqual([late.reset, late.cursor, late.events], [true, head, []]);
  },
  'R19 news and a feed tell of the modules that were asked for, and pass over all others': async (opened) => {
    const { door, others } = opened;
    const cursor = await headOf(opened);
    await account(opened);
    const contact = await added(others, 'contacts', { name: { first: 'Ada', last: 'Lovelace' } });
    const asked = { modules: ['contacts', 'no-such-module'] };
    const news = await door.news(cursor, asked);
    deepEqual(news.cursor, cursor + 2);
    const told = { seq: cursor + 2, changes: [{ module: 'contacts', id: contact.id, version: 1, op: 'create' }] };
    deepEqual(news.events, [told]);
    await following({ ...asked, door, cursor }, async (feed) => {
      const heard = await feed.until((event) => event.type === 'change');
      deepEqual(heard.at(-1), { type: 'change', ...told });
      isTrue(
        heard.some((event) => event.type === 'at' && event.seq === cursor + 1),
        'it says how far it came',
      );
    });
    deepEqual((await door.news(cursor, { modules: [] })).events, []);
  },
  'R16 a feed opens, tells the rights and then each change made after that': async (opened) => {
    const { door, others } = opened;
    await following({ door }, async (feed) => {
      const first = await feed.until(({ type }) => type === 'rights');
      deepEqual(first[0], { type: 'open', cursor: undefined });
      const cursor = await headOf(opened);
      isTrue(
        first.some((event) => event.type === 'at' && event.seq === cursor),
        'it says from where it goes on',
      );
      const made = await account(opened);
      await others.apply([update('accounts', made.id as Account, { name: 'B' })]);
      const then = await feed.until((event) => event.type === 'change' && event.seq === cursor + 2);
      deepEqual(
        then.flatMap((event) =>
          event.type === 'change' ? event.changes.map((one) => [event.seq - cursor, one.op]) : [],
        ),
        [
          [1, 'create'],
          [2, 'update'],
        ],
      );
      isTrue(!then.some((event) => event.type === 'at' && event.seq > cursor), 'a number comes with its change');
    });
  },
  'R1 a feed ends with its signal': async ({ door }) => {
    const stop = new AbortController();
    let isOpen = false;
    for await (const { type } of door.follow({ signal: stop.signal })) {
      isOpen ||= type === 'open';
      if (type === 'rights') stop.abort();
    }
    isTrue(isOpen, 'it was open');
  },
  'R1 a feed goes on after a cursor, and tells what a push changed': async (opened) => {
    const { door } = opened;
    const cursor = await headOf(opened);
    const made = id('accounts');
    const pushed = await door.push(pushOf(newClient(), 1, [create('accounts', made, { name: 'Acme' })]));
    successOf(pushed);
    await following({ door, cursor }, async (feed) => {
      const heard = await feed.until(({ type }) => type === 'change');
      deepEqual(heard[0], { type: 'open', cursor });
      deepEqual(heard.at(-1), {
        type: 'change',
        seq: pushed.asOf,
        changes: [{ module: 'accounts', id: made, version: 1, op: 'create' }],
      });
    });
  },
};
