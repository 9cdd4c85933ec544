import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Beside `src` and `dist`, so that it is found from both. */
export const migrationsFolder = fileURLToPath(new URL('../../migrations/', import.meta.url));

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly text: string;
  /** SHA-256: what was run must not be rewritten afterwards. */
  readonly checksum: string;
}

const pattern = /^(\d{4})_[a-z0-9_]+\.sql$/;

/** The numbered files of a folder, in their order. */
export const readMigrations = (folder = migrationsFolder): readonly Migration[] =>
  readdirSync(folder)
    .filter((name) => pattern.test(name))
    .sort()
    .map((name) => {
      const text = readFileSync(`${folder}/${name}`, 'utf8').replaceAll('\r\n', '\n');
      return {
        number: Number(name.slice(0, 4)),
        name,
        text,
        checksum: createHash('sha256').update(text).digest('hex'),
      };
    });
