/**
 * Our server beside the limit (limit.ts), in turn, on the same PostgreSQL and the same data; needs `wrk`.
 *
 * npm run bench -- server [contacts=100000] [seconds=5] [rounds=3]
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensurePostgresPrograms, ensureProgram, onStop } from '../../../tools/bootstrap.mjs';
import { startPostgres } from '../../../tools/postgres.mjs';
import { loadContacts } from './contacts.ts';
import { startContender, type Contender } from './contender.ts';

ensureProgram(
  'wrk',
  'The benchmark sends its requests with wrk, which is not on PATH. Install it: apt-get install wrk, or brew install wrk.',
);
const programs = ensurePostgresPrograms(
  'The benchmark needs the programs of a PostgreSQL server. Install it: apt-get install postgresql, or brew install postgresql.',
);

const given = process.argv.slice(2).map(Number);
const [contacts, seconds, rounds] = [given[0] ?? 100_000, given[1] ?? 5, given[2] ?? 3];
const connections = 16;
const operations = ['get', 'list', 'create'] as const;

/** CPU per request of Directus 12 for the same record, over what bare node:http needed in the same measurement. */
const directus = 7135 / 151;

interface Figures {
  readonly perSecond: number;
  /** Microseconds of the server process for one request. */
  readonly cpu: number;
}

const folder = mkdtempSync(join(tmpdir(), 'tessera-bench-'));

/** User and system time of a process so far, in microseconds. @see proc(5) */
const cpuOf = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
};

const measure = ({ port, child }: Contender, operation: string, token: string): Figures => {
  const before = cpuOf(child.pid!);
  const args = [
    '-t1',
    `-c${connections}`,
    `-d${seconds}s`,
    '-s',
    'test/bench/server/load.lua',
    `http://127.0.0.1:${port}`,
  ];
  const env = { ...process.env, OP: operation, TOKEN: token, IDS: join(folder, 'ids') };
  const output = execFileSync('wrk', args, { env, encoding: 'utf8' });
  if (/Non-2xx|Socket errors/.test(output)) throw new Error(`${operation}: ${output}`);
  const requests = Number(/(\d+) requests in/.exec(output)![1]);
  return {
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(output)![1]),
    cpu: (cpuOf(child.pid!) - before) / requests,
  };
};

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

const compare = (contenders: readonly Contender[], operation: string, token: string): void => {
  const figures = new Map<string, Figures[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    // in turn, and each first as often as last: machines slow down and speed up meanwhile
    for (const contender of round % 2 === 0 ? contenders : contenders.toReversed()) {
      const measured = measure(contender, operation, token);
      if (round > 0) figures.get(contender.name)!.push(measured);
    }
  }
  const of = (name: string, key: keyof Figures): number => median(figures.get(name)!.map((one) => one[key]));
  const line = (name: string): string =>
    `${name} ${of(name, 'perSecond').toFixed(0)}/s, ${of(name, 'cpu').toFixed(0)} µs`;
  const speed = (100 * of('tessera', 'perSecond')) / of('limit', 'perSecond');
  const cpu = of('tessera', 'cpu') / of('limit', 'cpu');
  const ratio = `${speed.toFixed(0)} % of the limit's speed, ${cpu.toFixed(2)}× its CPU (Directus ${directus.toFixed(0)}×)`;
  console.log(`${operation.padEnd(7)} ${line('limit')} · ${line('tessera')} · ${ratio}`);
};

const contenders: Contender[] = [];

const start = async (...[name, args, env]: Parameters<typeof startContender>): Promise<Contender> => {
  const contender = await startContender(name, args, env);
  contenders.push(contender);
  return contender;
};

// node does not run `finally` for a signal; leaving the process stops PostgreSQL
onStop(() => {
  for (const { child } of contenders) child.kill();
  process.exit(1);
});

const postgres = await startPostgres(programs);
try {
  const env = { DATABASE_URL: postgres.url, TESSERA_DATA: folder, TESSERA_RATE_LIMIT: '0' };
  const tessera = await start('tessera', ['packages/server/src/bin.ts', 'serve'], env);
  const token = /sk_\S+/.exec(tessera.said)![0];
  const ids = await loadContacts(`http://127.0.0.1:${tessera.port}`, token, contacts);
  writeFileSync(join(folder, 'ids'), ids.join('\n'));
  const limit = await start('limit', ['test/bench/server/limit.ts'], env);
  for (const operation of operations) compare([limit, tessera], operation, token);
} finally {
  for (const contender of contenders) await contender.stop();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
