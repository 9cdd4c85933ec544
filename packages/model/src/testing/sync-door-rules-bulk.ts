import { create, remove, update, type Change } from '../change.ts';
import type { AnyRecord } from '../module.ts';
import type { SyncPage } from '../protocol/sync/messages.ts';
import type { IdOf } from '../records.ts';
import { deepEqual, isTrue } from './expect.ts';
import { id, refusal } from './store-kit.ts';
import { account, headOf, type DoorRule, type OpenedDoor } from './sync-door-kit.ts';

type Account = IdOf<'accounts'>;

/** More than any door gives on one page. */
const many = 650;

/** Makes accounts. @returns Their ids, in order. */
const filled = async ({ others }: OpenedDoor): Promise<readonly Account[]> => {
  const ids = Array.from({ length: many }, () => id('accounts')).toSorted();
  for (let start = 0; start < many; start += 400)
    await others.apply(ids.slice(start, start + 400).map((one): Change => create('accounts', one, { name: 'Many' })));
  return ids;
};

const allOf = async (pages: AsyncIterable<SyncPage>): Promise<readonly SyncPage[]> => {
  const all: SyncPage[] = [];
  for await (const page of pages) all.push(page);
  return all;
};

const idsIn = (pages: readonly SyncPage[]): readonly string[] =>
  pages.flatMap(({ records }) => records.map((record) => record.id));

/** The first page, and how to get the others. */
const begun = async (pages: AsyncIterable<SyncPage>) => {
  const reading = pages[Symbol.asyncIterator]();
  const first = await reading.next();
  isTrue(first.done !== true, 'there is a first page');
  const rest = async (): Promise<readonly SyncPage[]> => allOf({ [Symbol.asyncIterator]: () => reading });
  return { first: first.value as SyncPage, rest };
};

/** Something that happened to a record, and how a page tells that it knows. */
interface Event {
  readonly seq: number;
  readonly id: string;
  readonly shows: (record: AnyRecord | undefined) => boolean;
}

/** Whoever follows the news from the number of a page on has missed nothing that belongs on it. */
const missesNothing = async ({ door }: OpenedDoor, pages: readonly SyncPage[], event: Event): Promise<void> => {
  const page = pages.find(({ records }) => (records.at(-1)?.id ?? '') >= event.id) ?? pages.at(-1)!;
  if (event.seq <= page.asOf) {
    const record = page.records.find((one) => one.id === event.id) as AnyRecord | undefined;
    return isTrue(event.shows(record), `the page as of ${page.asOf} knows of change ${event.seq}`);
  }
  const { events } = await door.news(page.asOf);
  isTrue(
    events.some(({ seq, changes }) => seq === event.seq && changes.some((one) => one.id === event.id)),
    `the news after ${page.asOf} tell of change ${event.seq}`,
  );
};

/** Everything of a kind. */
export const bulkRules: Readonly<Record<string, DoorRule>> = {
  'R2 a bulk read of nothing is one empty page with numbers': async (opened) => {
    await account(opened);
    const pages = await allOf(opened.door.bulk('accounts', { where: { name: 'Nobody' } }));
    deepEqual(
      pages.map(({ records, next, asOf, aclSeq }) => ({ records, next, asOf, aclSeq })),
      [{ records: [], next: null, asOf: await headOf(opened), aclSeq: 0 }],
    );
  },
  'R2 a bulk read gives all whole records once, in pages and in the order of ids': async (opened) => {
    const { door, others } = opened;
    const other = await account(opened, { name: 'Another' });
    const ids = await filled(opened);
    const pages = await allOf(door.bulk('accounts', { where: { name: 'Many' } }));
    deepEqual(idsIn(pages), ids);
    isTrue(pages.length > 1 && pages.every(({ records }) => records.length <= 500), 'in pages of 500 at most');
    isTrue(
      pages.every(({ next }, index) => (next === null) === (index === pages.length - 1)),
      'only the last one ends it',
    );
    deepEqual(pages[0]!.records[0], await others.get('accounts', ids[0]!));
    deepEqual(idsIn(await allOf(door.bulk('accounts', {}))), [...ids, other.id].toSorted());
  },
  'R2 a bulk read goes on after any page, as if it had not broken off': async (opened) => {
    const { door } = opened;
    const ids = await filled(opened);
    const pages: SyncPage[] = [];
    for (let after: string | null | undefined; after !== null; after = pages.at(-1)!.next)
      for await (const page of door.bulk('accounts', {}, { after })) {
        pages.push(page);
        break;
      }
    deepEqual(idsIn(pages), ids);
  },
  'R2 a bulk read may filter by what records are linked to': async (opened) => {
    const [acme, other] = [await account(opened), await account(opened, { name: 'Another' })];
    const own = await account(opened, { parent: acme.id });
    await account(opened, { parent: other.id });
    const where = { parent: { has: { name: 'Acme' } } };
    deepEqual(idsIn(await allOf(opened.door.bulk('accounts', { where }))), [own.id]);
  },
  'R2 of what happens during a bulk read, nothing is missed by following from the number of each page': async (
    opened,
  ) => {
    const { door, others } = opened;
    const ids = await filled(opened);
    const [early, leaving, late] = [ids[0]!, ids.at(-2)!, ids.at(-1)!];
    const before = await headOf(opened);
    const { first, rest } = await begun(door.bulk('accounts', {}));
    deepEqual(first.asOf, before);
    const made = id('accounts');
    await others.apply([update('accounts', early, { employees: 1 })]);
    await others.apply([remove('accounts', leaving)]);
    await others.apply([update('accounts', late, { employees: 2 })]);
    await others.apply([create('accounts', made, { name: 'Meanwhile' })]);
    const pages = [first, ...(await rest())];
    const isThere = (record?: AnyRecord): boolean => record !== undefined;
    const hasChanged = (record?: AnyRecord): boolean => record?.version === 2;
    await missesNothing(opened, pages, { seq: before + 1, id: early, shows: hasChanged });
    await missesNothing(opened, pages, { seq: before + 2, id: leaving, shows: (record) => !isThere(record) });
    await missesNothing(opened, pages, { seq: before + 3, id: late, shows: hasChanged });
    await missesNothing(opened, pages, { seq: before + 4, id: made, shows: isThere });
    const [again] = await allOf(door.bulk('accounts', {}, { after: pages.at(-2)!.next! }));
    deepEqual([again?.asOf, again?.records.some((one) => one.id === leaving)], [before + 4, false]);
  },
  'R3 a bulk read during which rights change goes on under the new ones, and each page says its own': async (
    opened,
  ) => {
    const { door, raise } = opened;
    const ids = await filled(opened);
    const { first, rest } = await begun(door.bulk('accounts', {}));
    deepEqual(first.aclSeq, 0);
    await raise?.();
    const pages = [first, ...(await rest())];
    deepEqual(idsIn(pages), ids);
    isTrue(
      pages.every(({ aclSeq }, index) => index === 0 || aclSeq >= pages[index - 1]!.aclSeq),
      'they never go back',
    );
    const { aclSeq } = await door.query('accounts', { limit: 1 });
    isTrue(!raise || aclSeq > 0, 'they changed');
    const later = await allOf(door.bulk('accounts', {}, { after: first.next! }));
    isTrue(
      later.every((page) => page.aclSeq === aclSeq),
      'what is read later is under the rights of then',
    );
  },
  'R2 a bulk read is refused as a query is, before the first page': async ({ door }) => {
    const where = { nothing: 1 };
    const asked = await refusal(door.query('accounts', { where }), 'validation');
    const refused = await refusal(allOf(door.bulk('accounts', { where })), 'validation');
    deepEqual(refused.facts['issues'], asked.facts['issues']);
    await refusal(allOf(door.bulk('nothing', {})), 'not-found');
    await refusal(allOf(door.bulk('accounts', {}, { after: 'x' })), 'validation');
  },
  'R2 a bulk read ends with its signal, before it and between two pages': async (opened) => {
    const { door } = opened;
    await filled(opened);
    await refusal(allOf(door.bulk('accounts', {}, { signal: AbortSignal.abort() })), 'aborted');
    const stop = new AbortController();
    const { rest } = await begun(door.bulk('accounts', {}, { signal: stop.signal }));
    stop.abort();
    await refusal(rest(), 'aborted');
  },
};
