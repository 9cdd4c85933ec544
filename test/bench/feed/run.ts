/**
 * Many open streams on one server: how much memory they take, and how long after a commit the last of them hears of it,
 * also when another server on the same database made it. Half of them are colleagues, who see everything, and half are
 * customers, who each see their own. The servers run as `npm start` runs them.
 *
 * npm run bench -- feed [streams=1000] [changes=40]
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensurePostgresPrograms } from '../../../tools/bootstrap.mjs';
import { startPostgres } from '../../../tools/postgres.mjs';
import { serverOptions } from '../../../tools/server-options.mjs';
import { startContender, type Contender } from '../server/contender.ts';
import { Streams } from './streams.ts';

const programs = ensurePostgresPrograms(
  'The benchmark needs the programs of a PostgreSQL server. Install it: apt-get install postgresql, or brew install postgresql.',
);
const given = process.argv.slice(2).map(Number);
const [streams, changes] = [given[0] ?? 1_000, given[1] ?? 40];
/** Of one person; the server allows 30. */
const each = 25;
const goals = { memory: 300, elsewhere: 300 };

const folder = mkdtempSync(join(tmpdir(), 'tessera-bench-'));
const postgres = await startPostgres(programs);
const start = async (): Promise<Contender> =>
  startContender('Tessera', [...serverOptions, 'packages/server/src/bin.ts', 'serve', '--empty'], {
    DATABASE_URL: postgres.url,
    TESSERA_DATA: folder,
    TESSERA_RATE_LIMIT: '0',
  });
const server = await start();
const other = await start();
const urlOf = ({ port }: Contender): string => `http://127.0.0.1:${port}`;
const url = urlOf(server);
const key = /sk_[0-9a-f]{16}_[\w-]{43}/.exec(server.said)![0];

const post = async (path: string, body: unknown): Promise<Readonly<Record<string, string>>> => {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${text}`);
  return JSON.parse(text) as Readonly<Record<string, string>>;
};

/** MiB of the server process. @see proc(5) */
const memory = (): number => {
  const status = readFileSync(`/proc/${server.child.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)![1]) / 1024;
};

const tokens = async (): Promise<readonly string[]> => {
  const all: string[] = [];
  for (let index = 0; index < streams / 2 / each; index++) {
    const user = await post('/v1/users', { name: { last: `User ${index}` }, email: `user${index}@bench.test` });
    const { token } = await post('/v1/sessions', { user: user['id'] });
    all.push(...Array.from({ length: each }, () => token!));
  }
  for (let index = 0; index < streams / 2; index++) {
    const contact = await post('/v1/contacts', { name: { last: `Customer ${index}` } });
    customers.push(contact['id']!);
    all.push((await post('/v1/sessions', { subject: { module: 'contacts', id: contact['id'] } }))['token']!);
  }
  return all.slice(0, streams);
};

const customers: string[] = [];

const seqNow = async (): Promise<number> => {
  const headers = { authorization: `Bearer ${key}`, accept: 'application/json' };
  return ((await (await fetch(`${url}/v1/sync/feed`, { headers })).json()) as { readonly cursor: number }).cursor;
};

/** Milliseconds from the answer to a change, which comes after its commit, until the last stream tells of it. */
const delays = async (open: Streams): Promise<readonly number[]> => {
  const times: number[] = [];
  for (let index = 0; index < changes; index++) {
    const contact = customers[index % customers.length]!;
    const before = await seqNow();
    await post('/v1/tickets', { subject: `Change ${index}`, contact });
    const committed = performance.now();
    times.push((await open.untilAll(before + 1)) - committed);
    // not in step with the looks for what other servers committed
    await sleep((index * 37) % 100);
  }
  return times.toSorted((a, b) => a - b);
};

const shown = (times: readonly number[]): string =>
  `median ${times[Math.floor(times.length / 2)]!.toFixed(1)} ms, p95 ${times[Math.floor(times.length * 0.95)]!.toFixed(1)} ms, longest ${times.at(-1)!.toFixed(1)} ms`;

/** One stream after the other, as many as there are tokens. */
const opened = async (at: Contender, given: readonly string[]): Promise<Streams> => {
  const open = new Streams();
  for (const token of given) await open.open(urlOf(at), token);
  return open;
};

/** The delays of all of them together. */
const measured = async (at: Contender, given: readonly string[]): Promise<readonly number[]> => {
  const open = await opened(at, given);
  const times = await delays(open);
  open.close();
  return times;
};

try {
  const all = await tokens();
  const alone = await measured(server, all.slice(0, 1));
  const aloneElsewhere = await measured(other, all.slice(0, 1));
  const idle = memory();
  const many = await opened(server, all);
  const full = memory();
  const together = await delays(many);
  const used = memory();
  many.close();
  const togetherElsewhere = await measured(other, all);
  console.log(`one stream:        ${shown(alone)}`);
  console.log(`${streams} streams: ${shown(together)}`);
  console.log(`one stream of another server:        ${shown(aloneElsewhere)}; the goal is ${goals.elsewhere} ms`);
  console.log(`${streams} streams of another server: ${shown(togetherElsewhere)}`);
  console.log(
    `memory: ${idle.toFixed(0)} MiB before, ${full.toFixed(0)} MiB with ${streams} streams (${(((full - idle) * 1024) / streams).toFixed(1)} kB each), ${used.toFixed(0)} MiB after ${changes} changes; the goal is ${goals.memory}`,
  );
} finally {
  await Promise.all([server.stop(), other.stop()]);
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
