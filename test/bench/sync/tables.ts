import { liveKey, type Blocked, type Limit, type Measured } from './measure.ts';
import { printTable, type Row } from './table.ts';

/** What came of all rounds, by name. */
export interface Results {
  readonly measured: Readonly<Record<string, readonly Measured[]>>;
  readonly blocked: Readonly<Record<string, readonly Blocked[]>>;
}

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
      const first = least(measured[name]!, ({ shownFirst }) => shownFirst);
      const sinceNavigation = least(measured[name]!, (one) => one.sinceNavigation);
      return [name, of(name), ratio, first, sinceNavigation, ...verdict(name === 'ours', '×0.5 of raw', ratio <= 0.5)];
    });
  printTable(`The first 50 of ${size} contacts are on the screen of a new browser process: ms`, {
    head: ['', 'since opening', 'of raw', 'the first time', 'since navigation', 'bar'],
    rows,
  });
};

const loadTable = ({ measured }: Results, size: number): void => {
  const of = (name: string, way: string, key: 'took' | 'cpu'): number =>
    least(measured[name]!, ({ load }) => load[way]?.[key]);
  const rows = Object.entries(measured).flatMap(([name, all]) =>
    Object.keys(all[0]!.load).map((way): Row => {
      const ratio = (key: 'took' | 'cpu'): number => of(name, way, key) / of('raw', 'write', key);
      const both = (['took', 'cpu'] as const).flatMap((key) => [of(name, way, key), ratio(key)]);
      return [`${name}, ${way}`, ...both, ...verdict(way === 'pin', '×0.25 of raw', ratio('took') <= 0.25)];
    }),
  );
  const head = ['', 'all', 'of raw', 'CPU', 'of raw', 'bar'];
  printTable(`${size} contacts are kept on the device: ms`, { head, rows });
};

const blockingTable = ({ blocked }: Results, size: number): void => {
  const rows = Object.entries(blocked).flatMap(([name, all]) =>
    (['load', 'read'] as const).map((what): Row => {
      const work = least(all, (one) => one[what].work);
      const took = least(all, (one) => one[what].took);
      return [`${name}, ${what}`, work, took, ...verdict(name === 'ours', '16 ms of CPU', work <= 16)];
    }),
  );
  const head = ['', 'its CPU', 'all', 'bar'];
  printTable(`The longest task of the page while ${size} are loaded and read: ms`, { head, rows });
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

export const printTables = (results: Results, size: number): void => {
  for (const table of [liveTable, coldTable, loadTable, blockingTable, memoryTable]) table(results, size);
};
