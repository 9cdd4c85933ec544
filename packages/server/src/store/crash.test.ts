import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import { openDatabase } from '../database/open-database.ts';
import { batchSize } from '../testing/crash-writer.ts';
import { createTestFolder, createTestPostgres, dropTestPostgres, pglite, postgres } from '../testing/test-database.ts';
import { ChangeFeed } from './feed.ts';
import { SqlStore } from './sql-store.ts';
import { addTenant } from './tenants.ts';

const tenant = '00000000-0000-4000-8000-000000000001';
const writer = fileURLToPath(new URL('../testing/crash-writer.ts', import.meta.url));

/** Lets a process write, kills it in the middle, and gives the batches whose acknowledgement arrived. */
const liveAndDie = async (address: string, life: number, batches: number): Promise<readonly string[]> => {
  const child = spawn(process.execPath, ['--conditions=tessera-source', writer, address, tenant, String(life)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    acknowledged.push(line);
    if (acknowledged.length === batches) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return acknowledged;
};

const survive = async (address: string, lives: readonly number[]): Promise<void> => {
  const first = await openDatabase(address);
  await addTenant(first, { id: tenant, slug: 'demo', name: 'Demo' }, '2026-01-01T00:00:00.000Z');
  await first.close();
  const acknowledged: string[] = [];
  for (const [life, batches] of lives.entries()) acknowledged.push(...(await liveAndDie(address, life, batches)));

  const database = await openDatabase(address);
  const store = new SqlStore({ database, registry: builtInRegistry(), tenant, identity: { type: 'system' } });
  const groups = await store.aggregate('accounts', { rows: ['name'], measures: [{ fn: 'count' }] });
  const events = (await new ChangeFeed(database).since(tenant, 0, 100_000))!;
  await database.close();

  const written = new Map(groups.map(({ keys, values }) => [keys[0], values[0]]));
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
