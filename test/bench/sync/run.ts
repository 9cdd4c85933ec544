/**
 * The cache beside IndexedDB as it is and beside its peers, with the same contacts, in turn, each in a new browser:
 * how much a page loads, how fast a change is seen in a live list, in another tab and by somebody else, how fast a
 * first page is there in a new process, how fast everything is kept and read, how long the page cannot do anything else
 * meanwhile, and how much memory a contact takes.
 *
 * npm run bench -- sync [rounds=3] [parts=sizes,10000,100000,tabs,clients]
 */
import { onStop } from '../../../tools/bootstrap.mjs';
import { printClients } from './clients.ts';
import { measure, measureBlocking, type Blocked, type Limit, type Measured, type Plan } from './measure.ts';
import { servePages, type Name } from './pages.ts';
import { printSizes } from './sizes.ts';
import { printTables, type Results } from './tables.ts';
import { printTabs } from './tabs.ts';

const rounds = Number(process.argv[2] ?? 3);
const parts = (process.argv[3] ?? 'sizes,10000,100000,tabs,clients').split(',');

/** From here on only those take part whom the others are held against. */
const manyContacts = 50_000;

const peers: readonly Name[] = ['dexie', 'rxdb', 'tanstack', 'replicache', 'zero'];

/** These keep nothing on the device: one by design, the other one without its server. */
const forgetful: readonly Name[] = ['tanstack', 'zero'];

/** Whose databases are used for a while before they are opened again; others do not bear that theirs are deleted. */
const used: readonly Name[] = ['raw', 'ours', 'dexie'];

const live = (ways: readonly string[], limits: readonly Limit[]): Plan['lives'] =>
  limits.flatMap((limit) => ways.map((way) => ({ way, limit })));

const planOf = (name: Name, size: number): Plan => {
  const isOurs = name === 'ours';
  return {
    name,
    size,
    loads: isOurs ? ['pin', 'list'] : ['write'],
    lives: isOurs ? live(['told', 'applied'], [50, 200]) : live(['write'], size < manyContacts ? [50, null] : [50]),
    isLasting: !forgetful.includes(name),
    isRead: isOurs || name === 'raw',
    loadedBefore: size < manyContacts && used.includes(name) ? 2 : 0,
  };
};

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

const print = async (part: string): Promise<void> => {
  if (part === 'sizes') await printSizes();
  else if (part === 'tabs') await printTabs(pages, rounds);
  else if (part === 'clients') await printClients(pages, rounds);
  else printTables(await measureAll(Number(part)), Number(part));
};

const pages = await servePages(['raw', 'ours', 'online', ...peers]);
onStop(() => {
  pages.close();
  process.exit(1);
});
try {
  for (const part of parts) await print(part);
} finally {
  pages.close();
}
