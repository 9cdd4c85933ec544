/**
 * What it costs to hold somebody to what they reach: lists of contacts as users of a large house see them, beside the
 * same lists by a key, which sees everything: at most twice as long is the bar. On a PostgreSQL of its own.
 *
 * npm run bench -- permissions [contacts=1000000] [rounds=60]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '@tessera-crm/model/random.js';
import { Client } from 'pg';
import { ensurePostgresPrograms, onStop } from '../../../tools/bootstrap.mjs';
import { startPostgres } from '../../../tools/postgres.mjs';
import { startContender, type Contender } from '../server/contender.ts';
import { furnish, type House } from './house.ts';

const programs = ensurePostgresPrograms(
  'The benchmark needs the programs of a PostgreSQL server. Install it: apt-get install postgresql, or brew install postgresql.',
);
const given = process.argv.slice(2).map(Number);
const [contacts, rounds] = [given[0] ?? 1_000_000, given[1] ?? 60];

/** Contacts that are made one by one; the others are copies of them. */
const made = 2_000;

const lists: Readonly<Record<string, string>> = {
  'as it comes': '/v1/contacts?limit=50',
  'newest first': '/v1/contacts?limit=50&sort=-updatedAt',
  'by lead source': `/v1/contacts?limit=50&sort=-updatedAt&where=${encodeURIComponent('{"leadSource":"web"}')}`,
};

const folder = mkdtempSync(join(tmpdir(), 'tessera-bench-'));
let contender: Contender | undefined;

/** Copies every contact often enough, each with an id and a number of its own. */
const multiply = async (url: string): Promise<void> => {
  const client = new Client(url);
  // it is told of the end of the database where something failed before
  client.on('error', () => {});
  await client.connect();
  await client.query('set statement_timeout = 0; set search_path = tessera');
  const { rows } = await client.query<{ readonly name: string }>(
    `select column_name as name from information_schema.columns where table_name = 'm_contacts' order by ordinal_position`,
  );
  const own: Readonly<Record<string, string>> = {
    id: 'gen_random_uuid()',
    number: `number || '-' || n`,
    number__key: `number__key || '-' || n`,
    updated_at: `updated_at - n * interval '1 minute' - random() * interval '1 minute'`,
  };
  const names = rows.map(({ name }) => `"${name}"`).join(', ');
  const values = rows.map(({ name }) => own[name] ?? `"${name}"`).join(', ');
  const times = Math.round(contacts / made) - 1;
  await client.query(
    `insert into m_contacts (${names}) select ${values} from m_contacts, generate_series(1, ${times}) n`,
  );
  await client.query('analyze m_contacts');
  await client.end();
};

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

const measure = async (port: number, { key, people }: House): Promise<void> => {
  const callers = { key, ...people };
  for (const [name, path] of Object.entries(lists)) {
    const took: Record<string, number[]> = Object.fromEntries(Object.keys(callers).map((who) => [who, []]));
    let seen: Record<string, number> = {};
    for (let round = 0; round < rounds; round++)
      for (const [who, token] of Object.entries(callers)) {
        const start = performance.now();
        const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
          headers: { authorization: `Bearer ${token}` },
        });
        const text = await answer.text();
        if (!answer.ok) throw new Error(text);
        if (round >= rounds / 4) took[who]!.push(performance.now() - start);
        seen = { ...seen, [who]: (JSON.parse(text) as { readonly records: readonly unknown[] }).records.length };
      }
    const base = median(took['key']!);
    const figures = Object.entries(took).map(([who, all]) => {
      const value = median(all);
      return `${who} ${value.toFixed(1)} ms (×${(value / base).toFixed(2)}, ${seen[who]} seen)`;
    });
    console.log(`${name.padEnd(16)} ${figures.join(' · ')}`);
  }
};

onStop(() => {
  contender?.child.kill();
  process.exit(1);
});

const postgres = await startPostgres(programs);
try {
  const env = { DATABASE_URL: postgres.url, TESSERA_DATA: folder, TESSERA_RATE_LIMIT: '0' };
  contender = await startContender('tessera', ['packages/server/src/bin.ts', 'serve'], env);
  const key = /sk_\S+/.exec(contender.said)![0];
  const house = await furnish(`http://127.0.0.1:${contender.port}`, key, { contacts: made, random: seededRandom(1) });
  await multiply(postgres.url);
  await measure(contender.port, house);
} finally {
  await contender?.stop();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
