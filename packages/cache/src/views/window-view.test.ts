import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { writeCursor } from '@tessera-crm/model/query/cursor.js';
import { positionOf } from '@tessera-crm/model/query/order.js';
import { planQuery } from '@tessera-crm/model/query/plan.js';
import { queryContextOf } from '@tessera-crm/model/query/query-context.js';
import type { Query } from '@tessera-crm/model/query/query.js';
import { defaultSettings } from '@tessera-crm/model/settings.js';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LocalRecords } from '../local-records.ts';
import { MemoryStorage } from '../memory-storage.ts';
import type { StoredPage } from '../storage.ts';
import { Watchers } from '../watchers.ts';
import { give } from '../testing/give.ts';
import { WindowView } from './window-view.ts';

const registry = builtInRegistry();
const context = queryContextOf(
  { registry, identity: { type: 'system' }, settings: defaultSettings },
  '2026-06-15T10:00:00.000Z',
);

const person = (name: string, values: Readonly<Record<string, unknown>> = {}): AnyRecord => ({
  id: idOf(name),
  version: 1,
  name: { first: '', last: name },
  ...values,
});

const idOf = (name: string): string => `01900000-0000-7000-8000-${name.codePointAt(0)!.toString().padStart(12, '0')}`;

/** A window onto contacts, sorted by name. */
const scene = (query: Query) => {
  const watchers = new Watchers();
  const storage = new MemoryStorage();
  const records = new LocalRecords({
    registry,
    storage: () => storage,
    context: () => context,
    changed: (module, id, change) => watchers.changed(module, id, change),
  });
  const plan = planQuery(registry.get('contacts'), { sort: ['name'], ...query }, context);
  const view = new WindowView(plan, records);
  watchers.add({ of: new Set(view.modules), look: (changes) => view.apply(changes) });
  const tell = (module: string, record: AnyRecord, asked?: number): void => {
    give(records, [{ module, id: record.id, record }], asked);
    watchers.tell();
  };
  const names = (): string => view.page.records.map(({ name }) => (name as { last: string }).last).join('');
  /** A page arrives, which ends with its last record if there is more. */
  const arrive = (given: readonly AnyRecord[], more: Partial<StoredPage> & { isMore?: boolean } = {}): void => {
    const { isMore = false, ...page } = more;
    for (const record of given) tell('contacts', record, records.moment);
    const last = positionOf(plan.module, plan.sort, given.at(-1)!);
    const outdated = given.filter((record) => !records.isKnown('contacts', record)).map(({ id }) => id);
    const answer = {
      ids: given.map(({ id }) => id),
      next: isMore ? writeCursor(last, plan.sort) : null,
      asOf: 0,
      ...page,
    };
    view.take({ page: answer, asked: records.moment, taken: 0, outdated: new Set(outdated) });
  };
  return { view, records, watchers, give: tell, names, arrive };
};

describe('WindowView', () => {
  it('lets enter what belongs within its bounds, and nothing behind them', () => {
    const { names, arrive, give, view } = scene({ limit: 3 });
    arrive([person('B'), person('D'), person('F')], { isMore: true });
    give('contacts', person('C'));
    give('contacts', person('G'));
    assert.equal(names(), 'BCD');
    assert.equal(view.isStale, false);
  });

  it('continues behind what has room on it', () => {
    const { arrive, give, view } = scene({ limit: 3 });
    arrive([person('B'), person('D'), person('F')], { isMore: true });
    const { next } = view.page;
    give('contacts', person('C'));
    assert.notEqual(view.page.next, next);
    assert.notEqual(view.page.next, null);
  });

  it('is stale when a record leaves and others may come in from behind, once no change waits for it', () => {
    const { names, arrive, records, watchers, give, view } = scene({ limit: 3 });
    arrive([person('B'), person('D'), person('F')], { isMore: true });
    const patch = { module: 'contacts', id: idOf('D'), isNew: false, values: { name: { first: '', last: 'Z' } } };
    records.overlay('a', [patch]);
    watchers.tell();
    assert.deepEqual([names(), view.isStale], ['BF', false]);
    give('contacts', person('D', { ...patch.values, version: 2 }));
    records.overlay('a', undefined);
    watchers.tell();
    assert.deepEqual([names(), view.isStale], ['BF', true]);
    arrive([person('B'), person('F'), person('H')], { isMore: true });
    assert.deepEqual([names(), view.isStale], ['BFH', false]);
    give('contacts', person('H', { version: 2, deletedAt: '2026-06-15T10:00:00.000Z' }));
    assert.deepEqual([names(), view.isStale], ['BF', true]);
  });

  it('is stale when nothing at hand tells whether a record belongs here, and leaves it where it is', () => {
    const { names, arrive, give, view } = scene({ where: { primaryAccount: { has: { industry: 'it' } } } });
    arrive([person('B', { primaryAccount: idOf('X') })]);
    give('contacts', person('B', { version: 2, primaryAccount: idOf('X'), jobTitle: 'Boss' }));
    give('contacts', person('C', { primaryAccount: idOf('Y') }));
    assert.deepEqual([names(), view.isStale], ['B', true]);
    give('accounts', { id: idOf('X'), version: 1, industry: 'it' });
    assert.deepEqual([names(), view.isStale], ['B', true]);
    give('accounts', { id: idOf('Y'), version: 1, industry: 'it' });
    assert.deepEqual([names(), view.isStale], ['BC', false]);
    give('accounts', { id: idOf('X'), version: 2, industry: 'food' });
    assert.equal(names(), 'C');
  });

  it('judges what a page has older than it is known, and asks for another', () => {
    const { names, arrive, give, view } = scene({ where: { jobTitle: 'Boss' } });
    give('contacts', person('B', { version: 2, jobTitle: 'Clerk' }));
    arrive([person('B', { jobTitle: 'Boss' }), person('C', { jobTitle: 'Boss' })]);
    assert.deepEqual([names(), view.isStale], ['C', true]);
  });

  it('counts what enters and leaves', () => {
    const { arrive, give, view } = scene({ where: { jobTitle: 'Boss' }, count: 'exact' });
    arrive([person('B', { jobTitle: 'Boss' }), person('C', { jobTitle: 'Boss' })], { count: 2 });
    give('contacts', person('D', { jobTitle: 'Boss' }));
    assert.equal(view.page.count, 3);
    give('contacts', person('B', { version: 2, jobTitle: 'Clerk' }));
    assert.equal(view.page.count, 2);
  });
});
