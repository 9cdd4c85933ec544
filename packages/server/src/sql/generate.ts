import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import { difference, type Snapshot } from './difference.ts';
import { migrationsFolder, readMigrations } from './migration-files.ts';
import { tablesOf } from './tables.ts';

const snapshotFile = `${migrationsFolder}/snapshot.json`;

export const readSnapshot = (): Snapshot => (existsSync(snapshotFile) ? (JSON.parse(readFileSync(snapshotFile, 'utf8')) as Snapshot) : []);

const numbered = (number: number, what: string): string => `${String(number).padStart(4, '0')}_${what}.sql`;

/**
 * Writes the migration that brings the database in line with the built-in modules, and the snapshot after it.
 *
 * @param what - A word or two for the file's name, `ticket_channels`.
 * @returns The new file's name; undefined when there is nothing to do.
 */
export const generateMigration = (what: string): string | undefined => {
  mkdirSync(migrationsFolder, { recursive: true });
  const { statements, snapshot } = difference(readSnapshot(), tablesOf(builtInRegistry()));
  if (statements.length === 0) return undefined;
  const name = numbered((readMigrations().at(-1)?.number ?? 0) + 1, what);
  writeFileSync(`${migrationsFolder}/${name}`, `${statements.join('\n\n')}\n`);
  writeFileSync(snapshotFile, `${JSON.stringify(snapshot, null, 1)}\n`);
  return name;
};

/** Before the first release there is nothing to migrate from: all migrations become one again. */
const startOver = (): void => {
  for (const { name } of readMigrations()) rmSync(`${migrationsFolder}/${name}`);
  rmSync(snapshotFile, { force: true });
};

if (import.meta.main) {
  const [first = 'changes'] = process.argv.slice(2);
  if (first === '--initial') startOver();
  process.stdout.write(`${generateMigration(first === '--initial' ? 'initial' : first) ?? 'Nothing to migrate.'}\n`);
}
