/**
 * The cache beside IndexedDB as it is and beside its peers, with the same contacts, in turn, each in a new browser:
 * how fast a change is seen in a live list, how fast a first page is there in a new process, how fast everything is
 * kept and read, how long the page cannot do anything else meanwhile, and how much memory a contact takes.
 *
 * npm run bench -- sync [rounds=3] [sizes=10000,100000]
 */
import { onStop } from '../../../tools/bootstrap.mjs';
import { liveKey, measure, measureBlocking, type Blocked, type Limit, type Measured, type Plan } from './measure.ts';
import { servePages, type Name } from './pages.ts';
import { printTable, type Row } from './table.ts';

const rounds = Number(process.argv[2] ?? 3);
const sizes = (process.argv[3] ?? '10000,100000').split(',').map(Number);

/** From here on only those take part whom the others are held against. */
const manyContacts = 50_000;

const peers: readonly Name[] = ['dexie', 'rxdb', 'tanstack', 'replicache', 'zero'];

/** These keep nothing on the device: one by design, the other one without its server. */
const forgetful: readonly Name[] = ['tanstack', 'zero'];

const live = (ways: readonly string[], limits: readonly Limit[]): Plan['lives'] =>
  limits.flatMap((limit) => ways.map((way) => ({ way, limit })));

const planOf = (name: Name, size: number): Plan => {
  const isOurs = name === 'ours';
  return {
    name,
    size,
    loads: isOurs ? ['pieces', 'pages'] : ['write'],
    lives: isOurs ? live(['told', 'applied'], [50, 200]) : live(['write'], size < manyContacts ? [50, null] : [50]),
    isLasting: !forgetful.includes(name),
    isRead: isOurs || name === 'raw',
  };
};

interface Results {
  readonly measured: Readonly<Record<string, readonly Measured[]>>;
  readonly blocked: Readonly<Record<string, readonly Blocked[]>>;
}

/** Everybody in turn, and each first as often as last: machines slow down and speed up meanwhile. */
const measureAll = async (size: number): Promise<Results> => {
  const names: readonly Name[] = size < manyContacts ? ['raw', 'ours', ...peers] : ['raw', 'ours', 'dexie'];
  const measured: Record<string, Measured[]> = Object.fromEntries(names.map((name) => [name, []]));
  const blocked: Record<string, Blocked[]> = { raw: [], ours: [] };
  for (let round = 0; round < rounds; round++)
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      measured[name]!.push(await measure(pages, planOf(name, size)));
      if (name in blocked) blocked[name]!.push(await measureBlocking(pages, planOf(name, size)));
    }
  return { measured, blocked };
};

/** The least of all rounds counts, because everything else on the machine only ever adds. */
const least = <T>(all: readonly T[], figureOf: (one: T) => number | undefined): number =>
  Math.min(...all.map((one) => figureOf(one) ?? Infinity));

const liveTable = ({ measured }: Results, size: number): void => {
  const of = (name: string, way: string, limit: Limit): number =>
    least(measured[name]!, (one) => one.live[liveKey({ way, limit })]);
  const others = Object.keys(measured).filter((name) => name !== 'ours');
  const best = Math.min(...others.map((name) => of(name, 'write', 50)));
  const rows: Row[] = others.map((name) => [name, of(name, 'write', 50), of(name, 'write', null)]);
  for (const way of ['told', 'applied']) {
    const [few, many] = [of('ours', way, 50), of('ours', way, 200)];
    const isMet = few <= 1 && few <= best / 5;
    rows.push([`ours, ${way}`, few, many, few / best, { bar: '1 ms and ×0.2 of the best', isMet }]);
  }
  printTable(`A change is seen in a live list of customers, by name, among ${size} contacts: ms`, {
    head: ['', 'first 50', 'all, ours 200', 'of the best', 'bar'],
    rows,
  });
};

const coldTable = ({ measured }: Results, size: number): void => {
  const of = (name: string): number => least(measured[name]!, ({ shown }) => shown);
  const rows = Object.keys(measured)
    .filter((name) => of(name) !== Infinity)
    .map((name): Row => {
      const ratio = of(name) / of('raw');
      const sinceNavigation = least(measured[name]!, (one) => one.sinceNavigation);
      return [name, of(name), ratio, sinceNavigation, ...verdict(name === 'ours', '×0.5 of raw', ratio <= 0.5)];
    });
  printTable(`The first 50 of ${size} contacts are on the screen of a new browser process: ms`, {
    head: ['', 'since opening', 'of raw', 'since navigation', 'bar'],
    rows,
  });
};

const loadTable = ({ measured, blocked }: Results, size: number): void => {
  const of = (name: string, way: string): number => least(measured[name]!, ({ load }) => load[way]);
  const rows = Object.entries(measured).flatMap(([name, all]) =>
    Object.keys(all[0]!.load).map((way): Row => {
      const ratio = of(name, way) / of('raw', 'write');
      return [`${name}, ${way}`, of(name, way), ratio, ...verdict(way === 'pieces', '×0.25 of raw', ratio <= 0.25)];
    }),
  );
  printTable(`${size} contacts are kept on the device: ms`, { head: ['', 'all', 'of raw', 'bar'], rows });
  const taskRows = Object.entries(blocked).flatMap(([name, all]) =>
    (['load', 'read'] as const).map((what): Row => {
      const work = least(all, (one) => one[what].work);
      const took = least(all, (one) => one[what].took);
      return [`${name}, ${what}`, work, took, ...verdict(name === 'ours', '16 ms of work', work <= 16)];
    }),
  );
  const head = ['', 'work', 'took', 'bar'];
  printTable(`The longest task of the page while ${size} are loaded and read: ms`, { head, rows: taskRows });
};

const memoryTable = ({ measured }: Results, size: number): void => {
  const rows = (['raw', 'ours'] as const).map((name): Row => {
    const bytes = least(measured[name]!, ({ heap }) => heap);
    const read = least(measured[name]!, (one) => one.read);
    return [name, bytes, read, ...verdict(name === 'ours', '1200 bytes', bytes <= 1200)];
  });
  const head = ['', 'bytes each', 'read, ms', 'bar'];
  printTable(`${size} contacts are read into memory`, { head, rows });
};

const verdict = (isOurs: boolean, bar: string, isMet: boolean): Row => (isOurs ? [{ bar, isMet }] : []);

const pages = await servePages(['raw', 'ours', ...peers]);
onStop(() => {
  pages.close();
  process.exit(1);
});
for (const size of sizes) {
  const results = await measureAll(size);
  for (const table of [liveTable, coldTable, loadTable, memoryTable]) table(results, size);
}
pages.close();
