import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cold } from './contender.ts';
import type { Name, Pages } from './pages.ts';
import { tasksDuring, type Task } from './tasks.ts';
import { Visit } from './visit.ts';

/** How long the customers' list is that is followed; null for all of them, where somebody gives all of them. */
export type Limit = 50 | 200 | null;

export interface Plan {
  readonly name: Name;
  readonly size: number;
  /** The first of them is the one whose contacts are used from then on. */
  readonly loads: readonly string[];
  readonly lives: readonly { readonly way: string; readonly limit: Limit }[];
  /** Whether anything is there in another process. */
  readonly isLasting: boolean;
  /** Whether all of it can be read into memory, as far as that is measured. */
  readonly isRead: boolean;
  /** How often everything is loaded and deleted before it is loaded for those who come back. */
  readonly loadedBefore: number;
}

/** Milliseconds. */
interface Loaded {
  readonly took: number;
  /** What all processes of the browser worked for it. */
  readonly cpu: number;
}

/** Milliseconds, unless told otherwise. */
export interface Measured {
  /** By the way of loading. */
  readonly load: Readonly<Record<string, Loaded>>;
  /** By way and limit, the median of all changes. */
  readonly live: Readonly<Record<string, number>>;
  readonly shown?: number;
  /** The first time after so much was written, when it may have to be tidied up. */
  readonly shownFirst?: number;
  readonly sinceNavigation?: number;
  readonly read?: number;
  /** Bytes of JavaScript's heap for each contact, when all are read. */
  readonly heap?: number;
}

export interface Blocked {
  readonly load: Task;
  readonly read: Task;
}

/** Of one kind in one round. */
const changes = 20;

const comebacks = 3;

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

export const liveKey = ({ way, limit }: { readonly way: string; readonly limit: Limit }): string =>
  `${way}/${limit ?? 'all'}`;

/** Does something on the profile of somebody who was never here. */
export const onNewProfile = async <T>(work: (visit: () => Promise<Visit>) => Promise<T>, url: string): Promise<T> => {
  const profile = mkdtempSync(join(tmpdir(), 'tessera-bench-'));
  try {
    return await work(() => Visit.open(profile, url));
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
};

export const during = async <T>(visit: Visit, work: (visit: Visit) => Promise<T>): Promise<T> => {
  try {
    return await work(visit);
  } finally {
    await visit.close();
  }
};

/** Loads contacts, follows them, and comes back in new processes. */
export const measure = async (pages: Pages, plan: Plan): Promise<Measured> => {
  const url = pages.urlOf(plan.name);
  const load: Record<string, Loaded> = {};
  for (const way of plan.loads.slice(1))
    load[way] = await onNewProfile(async (visit) => during(await visit(), (first) => loadIn(first, plan, way)), url);
  return onNewProfile(async (visit) => {
    const live = await during(await visit(), async (first) => {
      load[plan.loads[0]!] = await loadIn(first, plan, plan.loads[0]!);
      const followed = await followIn(first, plan);
      if (plan.isLasting) await useIn(first, plan);
      return followed;
    });
    const cold = plan.isLasting ? await comeBack(plan, visit) : {};
    const read = plan.isRead ? await during(await visit(), (third) => readIn(third, plan.size)) : {};
    return { load, live, ...cold, ...read };
  }, url);
};

const comeBack = async (plan: Plan, visit: () => Promise<Visit>): Promise<Partial<Measured>> => {
  const all: Cold[] = [];
  for (let time = 0; time < comebacks; time++) all.push(await during(await visit(), ({ bench }) => bench.cold()));
  for (const { lastNames } of all) expectFifty(plan, lastNames);
  return {
    shown: Math.min(...all.map(({ shown }) => shown)),
    shownFirst: all[0]!.shown,
    sinceNavigation: Math.min(...all.map(({ sinceNavigation }) => sinceNavigation)),
  };
};

const loadIn = async (visit: Visit, { size }: Plan, way: string): Promise<Loaded> => {
  await visit.bench.prepare(size);
  const before = visit.cpu;
  const took = await visit.bench.load(way);
  return { took, cpu: visit.cpu - before };
};

const followIn = async ({ bench }: Visit, { size, lives }: Plan): Promise<Readonly<Record<string, number>>> => {
  await bench.open();
  const live: Record<string, number> = {};
  for (const one of lives) {
    await bench.watch(one.limit, one.limit ?? size * 0.8);
    live[liveKey(one)] = median(await bench.live(one.way, changes));
  }
  await bench.close();
  return live;
};

/**
 * Loads and deletes everything a few times, so that a database is in the state of one that is used: one that was loaded
 * once is opened much faster where LevelDB happened to merge its log at the very end.
 */
const useIn = async (visit: Visit, { loads, size, loadedBefore }: Plan): Promise<void> => {
  for (let time = 0; time < loadedBefore; time++) {
    await visit.deleteAll();
    await visit.bench.prepare(size);
    await visit.bench.load(loads[0]!);
    await visit.bench.open();
    await visit.bench.close();
  }
};

const heapOf = async ({ session }: Visit): Promise<number> => {
  for (let time = 0; time < 2; time++) await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize;
};

const readIn = async (visit: Visit, size: number): Promise<{ readonly read: number; readonly heap: number }> => {
  await visit.bench.open();
  const before = await heapOf(visit);
  const read = await visit.bench.readAll();
  return { read, heap: ((await heapOf(visit)) - before) / size };
};

/** The longest tasks of the page's thread while all are loaded, and while all are read in another process. */
export const measureBlocking = (pages: Pages, { name, size, loads }: Plan): Promise<Blocked> =>
  onNewProfile(async (visit) => {
    const load = await during(await visit(), async ({ bench, session }) => {
      await bench.prepare(size);
      return longest(await tasksDuring(session, () => bench.load(loads[0]!)));
    });
    const read = await during(await visit(), async ({ bench, session }) =>
      longest(await tasksDuring(session, () => bench.readAll())),
    );
    return { load, read };
  }, pages.urlOf(name));

const longest = (tasks: readonly Task[]): Task => tasks.reduce((most, task) => (task.work > most.work ? task : most));

/** The last names that the first one showed, by how many contacts there were. */
const expected = new Map<number, string>();

/** Who shows others than everybody else shows was not measured at the same. */
const expectFifty = ({ name, size }: Plan, lastNames: readonly string[]): void => {
  const shown = lastNames.join();
  const wanted = expected.get(size) ?? shown;
  expected.set(size, wanted);
  if (lastNames.length !== 50 || shown !== wanted) throw new Error(`${name} shows ${shown} instead of ${wanted}.`);
};
