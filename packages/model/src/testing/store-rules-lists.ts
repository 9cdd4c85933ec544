import { deepEqual, sameText } from './expect.ts';
import { added, fiveAccounts, names, refusal, type StoreRule } from './store-kit.ts';

/** Queries over records. */
export const listsRules: Readonly<Record<string, StoreRule>> = {
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
};
