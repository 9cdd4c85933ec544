/**
 * What a change costs in live lists and figures of the cache, beside finding them anew, in turn and in the same run.
 *
 * npm run bench -- views [changes=200]
 */
import { LocalRecords } from '@tessera-crm/cache/local-records.js';
import { MemoryStorage } from '@tessera-crm/cache/memory-storage.js';
import { GroupView } from '@tessera-crm/cache/views/group-view.js';
import { ListView } from '@tessera-crm/cache/views/list-view.js';
import { storedAnswer, WindowView } from '@tessera-crm/cache/views/window-view.js';
import { Watchers, type Changes } from '@tessera-crm/cache/watchers.js';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import { groupRecords } from '@tessera-crm/model/memory/group.js';
import { matches } from '@tessera-crm/model/query/matches.js';
import { planQuery } from '@tessera-crm/model/query/plan.js';
import { queryContextOf } from '@tessera-crm/model/query/query-context.js';
import { runPlan } from '@tessera-crm/model/query/run.js';
import { defaultSettings } from '@tessera-crm/model/settings.js';
import { accountOf, type Account } from './accounts.ts';
import { sortWhole } from './limit.ts';

const changes = Number(process.argv[2] ?? 200);

/** Milliseconds for a change until the page or the figures are there; and at most this share of finding them anew. */
const budgets: Readonly<Record<number, number>> = { 10_000: 1, 100_000: 2 };
const share = 0.05;

const registry = builtInRegistry();
const context = queryContextOf(
  { registry, identity: { type: 'system' }, settings: defaultSettings },
  new Date().toISOString(),
);
const accounts = registry.get('accounts');
const where = { industry: { in: ['it', 'food', 'retail'] } };
const plan = planQuery(accounts, { where, sort: ['name'], count: 'exact' }, context);
const across = planQuery(accounts, { where: { parent: { has: { industry: 'it' } } }, sort: ['-employees'] }, context);
const aggregate = {
  rows: ['industry'],
  measures: [{ fn: 'count' }, { fn: 'sum', field: 'employees' }, { fn: 'average', field: 'employees' }],
} as const;

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

const timed = (work: () => unknown): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

const scene = (size: number) => {
  const watchers = new Watchers();
  const storage = new MemoryStorage();
  const records = new LocalRecords({
    registry,
    storage: () => storage,
    context: () => context,
    changed: (module, id, change) => watchers.changed(module, id, change),
  });
  const give = (given: readonly Account[]): void => {
    records.truth.take({ asOf: 1, aclSeq: 0, rows: given.map((record) => ({ module: 'accounts', record })), gone: [] });
    watchers.tell();
  };
  give(Array.from({ length: size }, (_, index) => accountOf(index, size)));
  return { watchers, records, give };
};

type Look = (changes: Changes) => unknown;

interface Ways {
  readonly anew: Look;
  /** Begins when it is called. */
  readonly ours: () => Look;
}

/** Every change, with one watcher alone: from what the server says to what is shown. */
const measure = ({ watchers, give }: ReturnType<typeof scene>, size: number, { anew, ours }: Ways) => {
  const run = (look: Look, times: number): number => {
    const leave = watchers.add({ of: ['accounts'], look });
    const all = Array.from({ length: times }, (_, index) => timed(() => give([accountOf(index * 7, size, ++version)])));
    leave();
    return median(all);
  };
  return { anew: run(anew, Math.max(3, 200_000 / size)), ours: run(ours(), changes) };
};

/** Of the latest change. */
let version = 1;

const tell = (name: string, { ours, anew }: Readonly<Record<'ours' | 'anew', number>>, most: number): void => {
  const isWithin = ours <= most && ours <= share * anew;
  if (!isWithin) process.exitCode = 1;
  console.log(
    `${name.padEnd(28)} anew ${anew.toFixed(2).padStart(8)} ms   ours ${ours.toFixed(3).padStart(7)} ms   ×${(ours / anew).toFixed(4)}  ${isWithin ? 'within' : 'OVER'} ${most} ms and ×${share}`,
  );
};

for (const [size, most] of Object.entries(budgets).map(([key, value]) => [Number(key), value] as const)) {
  const one = scene(size);
  const { shown } = one.records;
  const all = () => shown.all('accounts');
  console.log(`\n${size} records, the median of ${changes} changes`);
  console.log(`${'keeping a list, at first'.padEnd(28)} ${timed(() => new ListView(plan, shown)).toFixed(1)} ms`);
  tell(
    'list',
    measure(one, size, {
      ours: () => {
        const view = new ListView(plan, shown);
        return (told) => (view.apply(told), view.page);
      },
      anew: () => sortWhole(plan, all(), shown),
    }),
    most,
  );
  tell(
    'list across a link',
    measure(one, size, {
      ours: () => {
        const view = new ListView(across, shown);
        return (told) => (view.apply(told), view.page);
      },
      anew: () => sortWhole(across, all(), shown),
    }),
    most,
  );
  tell(
    'page of the server',
    measure(one, size, {
      ours: () => {
        const view = new WindowView(plan, one.records);
        const { records, next, count } = runPlan(plan, all(), shown);
        view.take(storedAnswer({ ids: records.map(({ id }) => id), next, count: count!, asOf: 1 }, one.records.moment));
        return (told) => (view.apply(told), view.page);
      },
      anew: () => sortWhole(plan, all(), shown),
    }),
    most,
  );
  tell(
    'figures by group',
    measure(one, size, {
      ours: () => {
        const view = new GroupView(plan, aggregate, shown, context.timeZone);
        return (told) => (view.apply(told), view.groups);
      },
      anew: () => {
        const matching = [...all()].filter((record) => matches(accounts, record, plan.filter, shown));
        return groupRecords(accounts, matching, aggregate, context.timeZone);
      },
    }),
    most,
  );
  const once = Array.from({ length: 9 }, () => [
    timed(() => sortWhole(plan, all(), shown)),
    timed(() => runPlan(plan, all(), shown)),
  ]);
  const [whole, few] = [0, 1].map((at) => median(once.map((pair) => pair[at]!))) as [number, number];
  console.log(
    `${'page of 50, once'.padEnd(28)} sorted whole ${whole.toFixed(1)} ms   ours ${few.toFixed(1)} ms   ×${(few / whole).toFixed(3)}`,
  );
}
