// npm run histories -- [histories] [seed] [pglite | postgres]: whole caches over real servers, while networks, servers
// and databases fail. A seed says who does what; what befalls whom in the middle of what, the machine says as well.
import { History, type Report } from './history.ts';
import { openPGlite, openPostgres, type World } from './world.ts';

const [count = 8, first = Date.now() % 1_000_000] = process.argv.slice(2, 4).map(Number);
const engine = process.argv[4];

/** Histories that servers live through, unless something goes wrong. */
const life = 6;

/** What some seeds in a row run on: PostgreSQL, by one clock or the other, with few connections or many; or PGlite. */
const worldOf = (seed: number): (() => Promise<World>) => {
  const place = Math.floor(seed / life);
  if (engine === 'pglite' || (engine === undefined && place % 4 === 3)) return openPGlite;
  const connections = [2, 3, 10][place % 3]!;
  return async () => openPostgres({ clock: place % 2 === 0 ? 'counter' : 'snapshot', connections });
};

const counts: Record<string, Record<string, number>> = { worlds: {}, events: {} };
const tally = (of: string, what: string, times = 1): void => {
  counts[of]![what] = (counts[of]![what] ?? 0) + times;
};

const tell = (world: World, { seed, faults, events, chronicle }: Report, milliseconds: number): void => {
  const name = `${world.engine}, ${world.clock}`;
  tally('worlds', name);
  for (const [event, times] of Object.entries(events)) tally('events', event, times);
  console.log(`seed ${seed} on ${name}: ${(milliseconds / 1000).toFixed(1)} s, ${faults.length} faults`);
  for (const { what, words } of faults.slice(0, 5))
    console.log([`  ${what}`, ...chronicle.about(words)].join('\n    '));
};

/** @returns Whether nothing was wrong. */
const run = async (seed: number, world: World): Promise<boolean> => {
  const start = performance.now();
  const history = new History({ seed, world });
  try {
    const report = await history.run();
    tell(world, report, performance.now() - start);
    return report.faults.length === 0;
  } catch (error) {
    console.log(`seed ${seed} on ${world.engine} broke off:`, error, world.mishaps.join('\n'));
    return false;
  }
};

// where everything fails, nothing may fail unseen
process.on('unhandledRejection', (error) => {
  console.log('nobody caught', error);
  process.exitCode = 1;
});
Error.stackTraceLimit = 40;

const failed: number[] = [];
let world: World | undefined;
for (let seed = first; seed < first + count; seed++) {
  world ??= await worldOf(seed)();
  const isGood = await run(seed, world);
  if (!isGood) failed.push(seed);
  if (isGood && (seed + 1) % life !== 0) continue;
  await world.close();
  world = undefined;
}
await world?.close();
console.log(`${count} histories from seed ${first}: ${failed.length} with faults ${failed.join()}`);
for (const some of Object.values(counts))
  console.log(
    Object.entries(some)
      .toSorted(([, a], [, b]) => b - a)
      .map(([what, times]) => `${what} ${times}`)
      .join('; '),
  );
if (failed.length > 0) process.exitCode = 1;
