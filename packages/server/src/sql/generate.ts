import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import { difference, type Snapshot } from './difference.ts';
import { migrationsFolder, readMigrations } from './migration-files.ts';
import { tablesOf } from './tables.ts';

const snapshotFile = `${migrationsFolder}/snapshot.json`;

export const readSnapshot = (): Snapshot =>
  existsSync(snapshotFile) ? (JSON.parse(readFileSync(snapshotFile, 'utf8')) as Snapshot) : [];

const numbered = (number: number, what: string): string => `${String(number).padStart(4, '0')}_${what}.sql`;

interface Generating {
  /** A word or two for the file's name, `ticket_channels`. */
  readonly what: string;
  /** Before the first release there is nothing to migrate from: all migrations become one again. */
  readonly startOver: boolean;
}

/**
 * Writes the migration that brings the database in line with the built-in modules, and the snapshot after it.
 *
 * @returns The new file's name; undefined when there is nothing to do.
 */
export const generateMigration = ({ what, startOver }: Generating): string | undefined => {
  mkdirSync(migrationsFolder, { recursive: true });
  const { statements, snapshot } = difference(startOver ? [] : readSnapshot(), tablesOf(builtInRegistry()));
  if (statements.length === 0) return undefined;
  const earlier = readMigrations();
  if (startOver) for (const { name } of earlier) rmSync(`${migrationsFolder}/${name}`);
  const name = numbered(startOver ? 1 : (earlier.at(-1)?.number ?? 0) + 1, what);
  writeFileSync(`${migrationsFolder}/${name}`, `${statements.join('\n\n')}\n`);
  writeFileSync(snapshotFile, `${JSON.stringify(snapshot, null, 2)}\n`);
  return name;
};

if (import.meta.main) {
  const [first = 'changes'] = process.argv.slice(2);
  const startOver = first === '--initial';
  process.stdout.write(
    `${generateMigration({ what: startOver ? 'initial' : first, startOver }) ?? 'Nothing to migrate.'}\n`,
  );
}
