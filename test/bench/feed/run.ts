/**
 * Many open streams on one server: how much memory they take, and how long after a commit the last of them hears of it.
 * Half of them are colleagues, who see everything, and half are customers, who each see their own.
 *
 * npm run bench -- feed [streams=1000] [changes=40]
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensurePostgresPrograms } from '../../../tools/bootstrap.mjs';
import { startPostgres } from '../../../tools/postgres.mjs';
import { startContender } from '../server/contender.ts';
import { Streams } from './streams.ts';

const programs = ensurePostgresPrograms(
  'The benchmark needs the programs of a PostgreSQL server. Install it: apt-get install postgresql, or brew install postgresql.',
);
const given = process.argv.slice(2).map(Number);
const [streams, changes] = [given[0] ?? 1_000, given[1] ?? 40];
/** Of one person; the server allows 30. */
const each = 25;
const goal = 300;

const folder = mkdtempSync(join(tmpdir(), 'tessera-bench-'));
const postgres = await startPostgres(programs);
const server = await startContender('Tessera', ['packages/server/src/bin.ts', 'serve', '--empty'], {
  DATABASE_URL: postgres.url,
  TESSERA_DATA: folder,
  TESSERA_RATE_LIMIT: '0',
});
const url = `http://127.0.0.1:${server.port}`;
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
  }
  return times.toSorted((a, b) => a - b);
};

const shown = (times: readonly number[]): string =>
  `median ${times[Math.floor(times.length / 2)]!.toFixed(1)} ms, p95 ${times[Math.floor(times.length * 0.95)]!.toFixed(1)} ms, longest ${times.at(-1)!.toFixed(1)} ms`;

try {
  const all = await tokens();
  const [one, many] = [new Streams(), new Streams()];
  await one.open(url, all[0]!);
  const alone = await delays(one);
  one.close();
  const idle = memory();
  for (const token of all) await many.open(url, token);
  const opened = memory();
  const together = await delays(many);
  const used = memory();
  many.close();
  console.log(`one stream:        ${shown(alone)}`);
  console.log(`${streams} streams: ${shown(together)}`);
  console.log(
    `memory: ${idle.toFixed(0)} MiB before, ${opened.toFixed(0)} MiB with ${streams} streams (${(((opened - idle) * 1024) / streams).toFixed(1)} kB each), ${used.toFixed(0)} MiB after ${changes} changes; the goal is ${goal}`,
  );
} finally {
  await server.stop();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
