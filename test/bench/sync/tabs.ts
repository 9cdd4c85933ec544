import { during, median, onNewProfile } from './measure.ts';
import type { Name, Pages } from './pages.ts';
import { printTable, type Row } from './table.ts';
import type { Visit } from './visit.ts';

/** Of one round. */
const changes = 20;

const contacts = 10_000;

/** Milliseconds in which the tab that looks has begun to look. */
const beginning = 30;

interface Seeing {
  readonly way: string;
  /** Of records on the list. */
  readonly ids: readonly string[];
}

/** Of all changes that were made: what is there already is seen by nobody. */
let count = 0;

/** Milliseconds from a change in one tab until a list of another one shows it. */
export const measureSeeing = async (one: Visit, other: Visit, { way, ids }: Seeing): Promise<number> => {
  const took: number[] = [];
  for (let time = 0; time < changes; time++) {
    const [id, jobTitle] = [ids[time % ids.length]!, `${way} ${count++}`];
    const seen = other.bench.see(id, jobTitle);
    await other.page.waitForTimeout(beginning);
    const from = await one.bench.change(way, id, jobTitle);
    took.push((await seen) - from);
  }
  return median(took);
};

const measureTabs = (pages: Pages, { name, load, way }: Tabbed): Promise<number> =>
  onNewProfile(async (visit) => {
    await during(await visit(), async ({ bench }) => {
      await bench.prepare(contacts);
      await bench.load(load);
    });
    return during(await visit(), async (one) => {
      // without a server, which would work in this page: between tabs there is none
      await one.bench.open();
      const other = await one.beside(pages.urlOf(name));
      await other.bench.prepare(contacts);
      await other.bench.open();
      await other.bench.watch(50, 50);
      return measureSeeing(one, other, { way, ids: await other.bench.customers() });
    });
  }, pages.urlOf(name));

interface Tabbed {
  readonly name: Name;
  readonly load: string;
  readonly way: string;
}

const tabbed: readonly Tabbed[] = [
  { name: 'dexie', load: 'write', way: 'write' },
  { name: 'ours', load: 'pin', way: 'applied' },
];

export const printTabs = async (pages: Pages, rounds: number): Promise<void> => {
  const all = new Map<Name, number[]>(tabbed.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const one of tabbed) all.get(one.name)!.push(await measureTabs(pages, one));
  const [dexie, ours] = tabbed.map(({ name }) => Math.min(...all.get(name)!)) as [number, number];
  const rows: Row[] = [
    ['dexie', dexie],
    ['ours', ours, { bar: '5 ms', isMet: ours <= 5 }],
  ];
  printTable('A change is seen in another tab, from the call on: ms', { head: ['', 'median', 'bar'], rows });
};
