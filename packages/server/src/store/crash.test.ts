import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import type { Database } from '../database/database.ts';
import { openDatabase } from '../database/open-database.ts';
import { isEmpty, isRefused, pusher, recordsEach } from '../testing/crash-pusher.ts';
import { batchSize } from '../testing/crash-writer.ts';
import { createTestPostgres, dropTestPostgres, pglite, postgres } from '../testing/test-database.ts';
import { createTestFolder } from '../testing/test-folder.ts';
import { ChangeFeed } from './feed.ts';
import { SqlStore } from './sql-store.ts';
import { addTenant } from './tenants.ts';

const tenant = '00000000-0000-4000-8000-000000000001';
const programOf = (name: string): string => fileURLToPath(new URL(`../testing/${name}.ts`, import.meta.url));

interface Life {
  readonly program: string;
  readonly address: string;
  /** Lines after which it is killed. */
  readonly lines: number;
}

/** Lets a process write, kills it in the middle, and gives the lines of what was acknowledged. */
const liveAndDie = async (
  { program, address, lines }: Life,
  ...args: readonly string[]
): Promise<readonly string[]> => {
  const child = spawn(process.execPath, ['--conditions=tessera-source', programOf(program), address, tenant, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    acknowledged.push(line);
    if (acknowledged.length === lines) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return acknowledged;
};

const settle = async (address: string): Promise<void> => {
  const database = await openDatabase(address);
  await addTenant(database, { id: tenant, slug: 'demo', name: 'Demo' }, '2026-01-01T00:00:00.000Z');
  await database.close();
};

/** How many accounts there are of each name. */
const countByName = async (database: Database): Promise<ReadonlyMap<unknown, unknown>> => {
  const store = new SqlStore({ database, registry: builtInRegistry(), tenant, identity: { type: 'system' } });
  const groups = await store.aggregate('accounts', { rows: ['name'], measures: [{ fn: 'count' }], limit: 1000 });
  return new Map(groups.map(({ keys, values }) => [keys[0], values[0]]));
};

const survive = async (address: string, lives: readonly number[]): Promise<void> => {
  await settle(address);
  const acknowledged: string[] = [];
  for (const [life, lines] of lives.entries())
    acknowledged.push(...(await liveAndDie({ program: 'crash-writer', address, lines }, String(life))));

  const database = await openDatabase(address);
  const written = await countByName(database);
  const events = (await new ChangeFeed(database).since(tenant, 0, 100_000))!;
  await database.close();

  assert.ok(acknowledged.length >= lives.reduce((sum, batches) => sum + batches));
  assert.deepEqual(
    acknowledged.filter((batch) => !written.has(batch)),
    [],
    'acknowledged and lost',
  );
  assert.deepEqual(
    [...written].filter(([, count]) => count !== batchSize),
    [],
    'written in part',
  );
  assert.deepEqual(
    events.map(({ seq }) => seq),
    Array.from({ length: written.size }, (_, index) => index + 1),
    'one number for each batch, without gaps',
  );
  assert.deepEqual(
    events.filter(({ changes }) => changes.length !== batchSize),
    [],
  );
};

/** A client that sends what it has not heard of again, after each death from where it was. */
const pushAndDie = async (address: string, lives: readonly number[]): Promise<void> => {
  await settle(address);
  const ends = new Map<number, string>();
  for (const lines of lives) {
    const first = String(Math.max(0, ...ends.keys()) + 1);
    for (const line of await liveAndDie({ program: 'crash-pusher', address, lines }, first)) {
      const [mid, end] = line.split(' ');
      ends.set(Number(mid), end!);
    }
  }
  const database = await openDatabase(address);
  const written = await countByName(database);
  const { last } = await new ChangeFeed(database).stamp(tenant, { principal: 'system', client: pusher });
  await database.close();
  const heard = Math.max(...ends.keys());
  assert.ok(last === heard || last === heard + 1, `heard of ${heard}, counted ${last}`);
  for (let mid = 1; mid <= heard; mid++) {
    assert.equal(ends.get(mid), isRefused(mid) ? 'validation' : 'done', `mutation ${mid}`);
    const records = isRefused(mid) || isEmpty(mid) ? undefined : recordsEach;
    assert.equal(written.get(`mutation ${mid}`), records, `records of mutation ${mid}`);
  }
};

describe('R10 a client’s mutations, while processes are killed in the middle of them', () => {
  it('are carried out once each in a PGlite folder', { skip: pglite.skip }, async () => {
    const folder = await createTestFolder();
    try {
      await pushAndDie(folder, [4, 9]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('are carried out once each on PostgreSQL', { skip: postgres.skip }, async () => {
    const { url } = await createTestPostgres();
    try {
      await pushAndDie(url, [1, 7, 2, 16, 5]);
    } finally {
      await dropTestPostgres(url);
    }
  });
});

describe('a process that is killed in the middle of its batches', () => {
  it('loses nothing acknowledged and leaves nothing half done in a PGlite folder', { skip: pglite.skip }, async () => {
    const folder = await createTestFolder();
    try {
      await survive(folder, [3, 8]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('loses nothing acknowledged and leaves nothing half done on PostgreSQL', { skip: postgres.skip }, async () => {
    const { url } = await createTestPostgres();
    try {
      await survive(url, [5, 17, 40]);
    } finally {
      await dropTestPostgres(url);
    }
  });
});
