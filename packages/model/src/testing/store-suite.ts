import { create, remove, update, type Change } from '../change.ts';
import { isCrmError, type CrmError, type ErrorCode } from '../errors.ts';
import { uuid7 } from '../id.ts';
import type { AnyRecord } from '../module.ts';
import { seededRandom } from '../random.ts';
import type { IdOf, RecordOf } from '../records.ts';
import type { Store } from '../store.ts';
import { deepEqual, isTrue, sameText } from './expect.ts';

/** The test runner's own words: `node:test` and mocha both have them. */
export interface Runner {
  describe(name: string, body: () => void): unknown;
  it(name: string, body: () => Promise<void>): unknown;
}

export interface Opened {
  readonly store: Store;
  close?(): Promise<void>;
}

export interface StoreSuite {
  readonly name: string;
  /** An empty store over the built-in modules, for a user who may do everything. */
  open(): Promise<Opened>;
  /** What this store cannot do, by rule, and why. When a gap closes its test fails, so that it is taken out here. */
  readonly gaps?: Readonly<Record<string, string>>;
}

const random = seededRandom(20_260_615);

const id = <K extends string>(_module: K): IdOf<K> =>
  uuid7(
    Date.UTC(2026, 5, 15),
    Uint8Array.from({ length: 10 }, () => random.integer(0, 255)),
  ) as IdOf<K>;

type Rule = (store: Store) => Promise<void>;

/** The behaviour that every store has, whatever it is made of. The numbers are those of SPEC.md. */
export const describeStore = ({ describe, it }: Runner, { name, open, gaps = {} }: StoreSuite): void => {
  describe(`${name} as a store`, () => {
    for (const [title, rule] of Object.entries(rules)) {
      const gap = gaps[title.split(' ')[0]!];
      it(gap === undefined ? title : `${title} (known gap: ${gap})`, async () => {
        const { store, close } = await open();
        try {
          if (gap === undefined) await rule(store);
          else isTrue(await fails(() => rule(store)), `${title} works now: take it out of the known gaps`);
        } finally {
          await close?.();
        }
      });
    }
  });
};

const fails = async (work: () => Promise<unknown>): Promise<boolean> =>
  work().then(
    () => false,
    () => true,
  );

const refusal = async (work: Promise<unknown>, code: ErrorCode): Promise<CrmError> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  isTrue(isCrmError(error, code), `expected ${code}, got ${String(error)}`);
  return error as CrmError;
};

const added = async <K extends string>(
  store: Store,
  module: K,
  values: Readonly<Record<string, unknown>>,
): Promise<RecordOf<K>> => {
  const [applied] = await store.apply([{ op: 'create', module, id: id(module), values }]);
  isTrue(applied?.ok === true && applied.record !== null, `creating in ${module} gives the record`);
  return (applied as { record: RecordOf<K> }).record;
};

const names = (page: { readonly records: readonly unknown[] }): string =>
  page.records.map((record) => String((record as AnyRecord)['name'])).join();

const fiveAccounts = async (store: Store): Promise<void> => {
  const rows = [
    { name: 'Città Verde', industry: 'food', employees: 12 },
    { name: 'acme', industry: 'it', employees: 500 },
    { name: 'Zeta', industry: 'it' },
    { name: 'Árbol', industry: 'food', employees: 3 },
    { name: 'Beta', industry: 'legal', employees: 12 },
  ] as const;
  await store.apply(rows.map((values): Change => ({ op: 'create', module: 'accounts', id: id('accounts'), values })));
};

/** Waits until a watcher was told something that passes. */
const told = <T>(
  subscribe: (next: (value: T) => void) => () => void,
  wanted: (value: T) => boolean,
): Promise<T> & { stop(): void } => {
  let stop = (): void => {};
  const heard = new Promise<T>((resolve) => {
    stop = subscribe((value) => {
      if (wanted(value)) resolve(value);
    });
  });
  return Object.assign(heard, { stop: () => stop() });
};

const rules: Readonly<Record<string, Rule>> = {
  'S1 gives a record as it was created, with version 1 and every field': async (store) => {
    const made = await added(store, 'accounts', { name: 'Neri & Figli', industry: 'it' });
    const read = await store.get('accounts', made.id as IdOf<'accounts'>);
    deepEqual(read, made);
    sameText(read.name, 'Neri & Figli');
    deepEqual(
      [read.version, read.industry, read.parent, read.lifecycle, read.deletedAt],
      [1, 'it', null, 'lead', null],
    );
    isTrue(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(String(read.createdAt)), 'createdAt is an instant');
  },
  'S2 says not-found for a record that is not there': async (store) => {
    await refusal(store.get('accounts', id('accounts')), 'not-found');
    await refusal(store.apply([update('accounts', id('accounts'), { name: 'x' })]), 'not-found');
  },
  'S3 changes the given fields only, and moves the version': async (store) => {
    const made = await added(store, 'accounts', { name: 'Neri', industry: 'it', employees: 7 });
    await store.apply([update('accounts', made.id as IdOf<'accounts'>, { name: 'Bianchi', industry: null })]);
    const read = await store.get('accounts', made.id as IdOf<'accounts'>);
    deepEqual([read.name, read.industry, read.employees, read.version], ['Bianchi', null, 7, 2]);
  },
  'S4 merges changes of different fields made on the same version': async (store) => {
    const made = await added(store, 'accounts', { name: 'Neri', employees: 1 });
    const key = made.id as IdOf<'accounts'>;
    await store.apply([update('accounts', key, { employees: 2 }, 1)]);
    await store.apply([update('accounts', key, { name: 'Bianchi' }, 1)]);
    const read = await store.get('accounts', key);
    deepEqual([read.name, read.employees, read.version], ['Bianchi', 2, 3]);
  },
  'S5 refuses a second value for the same field, and says base, mine and theirs': async (store) => {
    const made = await added(store, 'accounts', { name: 'Neri', employees: 1 });
    const key = made.id as IdOf<'accounts'>;
    await store.apply([update('accounts', key, { employees: 2 }, 1)]);
    const error = await refusal(store.apply([update('accounts', key, { employees: 3, name: 'lost?' }, 1)]), 'conflict');
    deepEqual(error.facts['conflicts'], [{ field: 'employees', base: 1, mine: 3, theirs: 2 }]);
    deepEqual((await store.get('accounts', key)).name, 'Neri');
  },
  'S6 names all issues of a refused record at once, by pointer': async (store) => {
    const change: Change = {
      op: 'create',
      module: 'accounts',
      id: id('accounts'),
      values: { industry: 'nonsense', hacker: 1, createdAt: 'now' },
    };
    const error = await refusal(store.apply([change]), 'validation');
    deepEqual(error.issues.map(({ path, code }) => `${path} ${code}`).toSorted(), [
      '/createdAt read-only',
      '/hacker unknown-field',
      '/industry option',
      '/name required',
    ]);
  },
  'S7 takes a deleted record out of sight and brings it back': async (store) => {
    const made = await added(store, 'accounts', { name: 'Neri' });
    const key = made.id as IdOf<'accounts'>;
    await store.apply([remove('accounts', key)]);
    await refusal(store.get('accounts', key), 'not-found');
    deepEqual((await store.list('accounts')).records.length, 0);
    deepEqual((await store.list('accounts', { deleted: 'only' })).records.length, 1);
    await store.apply([{ op: 'restore', module: 'accounts', id: key }]);
    deepEqual((await store.get('accounts', key)).name, 'Neri');
  },
  'S8 filters, and sorts without case and accents': async (store) => {
    await fiveAccounts(store);
    sameText(names(await store.list('accounts', { sort: ['name'] })), 'acme,Árbol,Beta,Città Verde,Zeta');
    sameText(names(await store.list('accounts', { where: { name: { contains: 'CITTA' } } })), 'Città Verde');
    sameText(
      names(await store.list('accounts', { where: { industry: { in: ['it', 'food'] } }, sort: ['-name'] })),
      'Zeta,Città Verde,Árbol,acme',
    );
    sameText(
      names(
        await store.list('accounts', {
          where: { any: [{ employees: { gte: 500 } }, { employees: { empty: true } }] },
          sort: ['name'],
        }),
      ),
      'acme,Zeta',
    );
  },
  'S9 includes empty values in "is not", and sorts them last, or first when descending': async (store) => {
    await fiveAccounts(store);
    sameText(
      names(await store.list('accounts', { where: { employees: { isNot: 12 } }, sort: ['name'] })),
      'acme,Árbol,Zeta',
    );
    sameText(names(await store.list('accounts', { sort: ['employees', 'name'] })), 'Árbol,Beta,Città Verde,acme,Zeta');
    sameText(
      names(await store.list('accounts', { sort: ['-employees', '-name'] })),
      'Zeta,acme,Città Verde,Beta,Árbol',
    );
  },
  'S10 walks pages by cursor without losing or repeating a record': async (store) => {
    await fiveAccounts(store);
    const seen: string[] = [];
    let after: string | undefined;
    for (let guard = 0; guard < 9; guard++) {
      const page = await store.list('accounts', {
        sort: ['-employees'],
        limit: 2,
        ...(after !== undefined && { after }),
      });
      seen.push(...page.records.map((record) => record.name));
      if (page.next === null) break;
      after = page.next;
    }
    deepEqual(seen.length, 5);
    deepEqual(new Set(seen).size, 5);
  },
  'S11 filters across links and by linking records': async (store) => {
    const account = await added(store, 'accounts', { name: 'Acme', industry: 'it' });
    const other = await added(store, 'accounts', { name: 'Other', industry: 'food' });
    await added(store, 'sites', { account: account.id, name: 'HQ', address: { city: 'Milano' } });
    await added(store, 'sites', { account: other.id, name: 'Depot', address: { city: 'Roma' } });
    sameText(names(await store.list('sites', { where: { account: { has: { industry: 'it' } } } })), 'HQ');
    sameText(names(await store.list('accounts', { where: { sites: { some: { name: 'Depot' } } } })), 'Other');
    sameText(names(await store.list('accounts', { where: { sites: { none: { name: 'Depot' } } } })), 'Acme');
  },
  'S12 finds records by words, in any spelling': async (store) => {
    await fiveAccounts(store);
    sameText(names(await store.list('accounts', { search: 'verde citta' })), 'Città Verde');
    sameText(names(await store.list('accounts', { search: 'verde acme' })), '');
  },
  'S13 brings linked records along': async (store) => {
    const account = await added(store, 'accounts', { name: 'Acme' });
    await added(store, 'sites', { account: account.id, name: 'HQ', address: { city: 'Milano' } });
    const page = await store.list('sites', { include: ['account'] });
    deepEqual(page.included?.accounts[account.id]?.name, 'Acme');
  },
  'S14 gives only the fields asked for': async (store) => {
    await fiveAccounts(store);
    const page = await store.list('accounts', { fields: ['name'], limit: 1 });
    deepEqual(Object.keys(page.records[0]!).toSorted(), ['id', 'name', 'version']);
  },
  'S15 counts what matches, whatever the page': async (store) => {
    await fiveAccounts(store);
    deepEqual((await store.list('accounts', { where: { industry: 'it' }, limit: 1, count: 'exact' })).count, 2);
  },
  'S16 groups and measures': async (store) => {
    await fiveAccounts(store);
    const groups = await store.aggregate('accounts', {
      rows: ['industry'],
      measures: [{ fn: 'count' }, { fn: 'sum', field: 'employees' }],
    });
    deepEqual(groups, [
      { keys: ['food'], values: [2, '15'] },
      { keys: ['it'], values: [2, '500'] },
      { keys: ['legal'], values: [1, '12'] },
    ]);
    deepEqual(
      await store.aggregate('accounts', {
        where: { name: 'nobody' },
        measures: [{ fn: 'count' }, { fn: 'sum', field: 'employees' }],
      }),
      [{ keys: [], values: [0, null] }],
    );
  },
  'S17 carries out a batch as a whole or not at all': async (store) => {
    const first = create('accounts', id('accounts'), { name: 'First' });
    const bad: Change = { op: 'create', module: 'accounts', id: id('accounts'), values: {} };
    await refusal(store.apply([first, bad]), 'validation');
    deepEqual((await store.list('accounts')).records.length, 0);
  },
  'S18 lets each change stand for itself when asked to': async (store) => {
    const first = create('accounts', id('accounts'), { name: 'First' });
    const bad: Change = { op: 'create', module: 'accounts', id: id('accounts'), values: {} };
    const results = await store.apply([bad, first], { atomic: false });
    deepEqual(
      results.map(({ ok }) => ok),
      [false, true],
    );
    deepEqual((await store.list('accounts')).records.length, 1);
  },
  'S19 sees within a batch what the batch did before': async (store) => {
    const account = id('accounts');
    await store.apply([
      create('accounts', account, { name: 'Acme' }),
      { op: 'create', module: 'sites', id: id('sites'), values: { account, name: 'HQ', address: { city: 'Milano' } } },
      update('accounts', account, { employees: 3 }),
    ]);
    deepEqual((await store.get('accounts', account)).employees, 3);
    deepEqual((await store.list('sites')).records.length, 1);
  },
  'S20 carries out the same key once': async (store) => {
    const change = create('accounts', id('accounts'), { name: 'Once' });
    const options = { idempotencyKey: id('accounts') };
    const [first] = await store.apply([change], options);
    const [second] = await store.apply([change], options);
    deepEqual([first?.ok, second?.ok], [true, true]);
    deepEqual((await store.list('accounts')).records.length, 1);
  },
  'S21 refuses a link to nothing': async (store) => {
    const error = await refusal(
      store.apply([
        {
          op: 'create',
          module: 'sites',
          id: id('sites'),
          values: { account: id('accounts'), name: 'HQ', address: { city: 'Roma' } },
        },
      ]),
      'validation',
    );
    deepEqual(
      error.issues.map(({ path, code }) => `${path} ${code}`),
      ['/account missing-link'],
    );
  },
  'S22 deletes what belongs to a record along with it, and restores both': async (store) => {
    const account = await added(store, 'accounts', { name: 'Acme' });
    await added(store, 'sites', { account: account.id, name: 'HQ', address: { city: 'Milano' } });
    await store.apply([remove('accounts', account.id as IdOf<'accounts'>)]);
    deepEqual((await store.list('sites')).records.length, 0);
    await store.apply([{ op: 'restore', module: 'accounts', id: account.id }]);
    deepEqual((await store.list('sites')).records.length, 1);
  },
  'S23 keeps any text exactly': async (store) => {
    for (const name of [
      '😀 <b>&amp;</b>',
      "Robert'); DROP TABLE accounts;--",
      '‮evil',
      'ﬁ ß İ ς',
      ' padded ',
      '%_\\',
      '\t',
    ]) {
      const made = await added(store, 'accounts', { name });
      sameText((await store.get('accounts', made.id as IdOf<'accounts'>)).name, name);
      deepEqual((await store.list('accounts', { where: { name: { is: name } } })).records.length, 1);
    }
    await refusal(store.apply([create('accounts', id('accounts'), { name: 'nul \u0000' })]), 'validation');
  },
  'S24 refuses queries that do not fit, naming what': async (store) => {
    const error = await refusal(
      store.list('accounts', { where: { nope: 1 }, sort: ['tags'], limit: 0, after: 'x' } as never),
      'validation',
    );
    deepEqual(error.issues.map(({ path, code }) => `${path} ${code}`).toSorted(), [
      '/after cursor',
      '/limit range',
      '/sort not-sortable',
      '/where/nope unknown-field',
    ]);
  },
  'S25 tells a watcher the record now, after each change, and when it is gone': async (store) => {
    const made = await added(store, 'accounts', { name: 'Neri' });
    const key = made.id as IdOf<'accounts'>;
    const heard: (string | null)[] = [];
    const gone = told<RecordOf<'accounts'> | null>(
      (next) => store.watch('accounts', key, { next: (record) => (heard.push(record?.name ?? null), next(record)) }),
      (record) => record === null,
    );
    await told<RecordOf<'accounts'> | null>(
      (next) => store.watch('accounts', key, { next }),
      (record) => record?.name === 'Neri',
    );
    await store.apply([update('accounts', key, { name: 'Bianchi' })]);
    await told<RecordOf<'accounts'> | null>(
      (next) => store.watch('accounts', key, { next }),
      (record) => record?.name === 'Bianchi',
    );
    await store.apply([remove('accounts', key)]);
    await gone;
    gone.stop();
    deepEqual([heard[0], heard.at(-1)], ['Neri', null]);
  },
  'S26 tells a watcher of a list when a record enters, moves or leaves': async (store) => {
    const heard = (wanted: string) =>
      told<{ readonly records: readonly unknown[] }>(
        (next) => store.watchList('accounts', { where: { industry: 'it' }, sort: ['name'] }, { next }),
        (page) => names(page) === wanted,
      );
    const steps = [heard(''), heard('Acme'), heard('Acme,Zeta'), heard('Zeta')] as const;
    await steps[0];
    const acme = await added(store, 'accounts', { name: 'Acme', industry: 'it' });
    await steps[1];
    await added(store, 'accounts', { name: 'Zeta', industry: 'it' });
    await steps[2];
    await store.apply([update('accounts', acme.id as IdOf<'accounts'>, { industry: 'food' })]);
    await steps[3];
    for (const step of steps) step.stop();
  },
};
