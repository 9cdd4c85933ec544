import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../database/open-database.ts';
import { migrate } from '../sql/migrate.ts';
import { readMigrations } from '../sql/migration-files.ts';

/** Where migrated databases are kept from one run of tests to the next; ends in a slash. */
export const cacheFolder = fileURLToPath(new URL('../../../../node_modules/.cache/', import.meta.url));

/** What the migrated databases kept for tests depend on. */
export const fingerprint = (): string => {
  const hash = createHash('sha256');
  for (const { checksum } of readMigrations()) hash.update(checksum);
  return hash.digest('hex').slice(0, 16);
};

/** The package's exports hide its package.json; the folder of its files has the version nowhere else. */
export const engineVersion = (): string => {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  return createHash('sha256').update(entry).digest('hex').slice(0, 8);
};

/** A migrated, empty folder for PGlite, for tests in which processes come and go. The caller removes it. */
export const createTestFolder = async (): Promise<string> => {
  const kept = `${cacheFolder}tessera-folder-${engineVersion()}-${fingerprint()}`;
  if (!existsSync(kept)) {
    const draft = `${kept}.${process.pid}`;
    const database = await openDatabase(draft);
    await migrate(database);
    await database.close();
    await rename(draft, kept).catch(() => rm(draft, { recursive: true, force: true }));
  }
  const folder = await mkdtemp(join(tmpdir(), 'tessera-data-'));
  await cp(kept, folder, { recursive: true });
  return folder;
};
