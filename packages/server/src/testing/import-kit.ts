import { mkdtempSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { randomBytes } from 'node:crypto';
import { uuid7 } from '@tessera-crm/model/id.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import type { Query } from '@tessera-crm/model/query/query.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import { defaultSettings } from '@tessera-crm/model/settings.js';
import type { Database } from '../database/database.ts';
import { DryStore } from '../import/dry-store.ts';
import { mappingOf, type DuplicatePolicy, type Preset } from '../import/mapping.ts';
import { counted, noCounts, type Counts, type Outcome } from '../import/outcome.ts';
import { allRecords } from '../import/record-door.ts';
import { runImport } from '../import/run-import.ts';
import { SqlStore } from '../store/sql-store.ts';
import { addTenant } from '../store/tenants.ts';

/** Real files, beside the repository where they are there at all. */
const dataFolder = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url));

export const realFile = (path: string): string => join(dataFolder, path);

/** Why tests of real files are left out; false when they are not. */
export const skipRealFiles: string | false = existsSync(dataFolder) ? false : `there is no ${dataFolder}`;

export const newId = (): string => uuid7(Date.now(), randomBytes(10));

/** Everything that comes, in order. */
export const gather = async <T>(from: AsyncIterable<T>): Promise<readonly T[]> => {
  const all: T[] = [];
  for await (const one of from) all.push(one);
  return all;
};

/** A preset of one mapping. */
export const presetOf = (mapping: Parameters<typeof mappingOf>[0], system = 'test'): Preset => ({
  name: 'test',
  system,
  reading: {},
  ignored: [],
  mappings: [mappingOf(mapping)],
});

export interface Imported {
  readonly counts: Counts;
  readonly outcomes: readonly Outcome[];
  readonly notices: readonly string[];
}

export interface HowToImport {
  readonly preset?: Preset;
  readonly module?: string;
  readonly duplicates?: DuplicatePolicy;
  readonly isDry?: boolean;
}

/** An empty tenant of a database, into which tests import. */
export class ImportBench {
  readonly registry: Registry = builtInRegistry();
  readonly store: SqlStore;
  readonly database: Database;
  readonly #folder = mkdtempSync(join(tmpdir(), 'tessera-import-'));

  private constructor(database: Database, tenant: string) {
    this.database = database;
    this.store = new SqlStore({
      database,
      registry: this.registry,
      tenant,
      identity: { type: 'system' },
      source: 'import',
    });
  }

  static async open(database: Database): Promise<ImportBench> {
    const tenant = newId();
    await addTenant(database, { id: tenant, slug: `t-${tenant}`, name: 'Test' }, new Date().toISOString());
    return new ImportBench(database, tenant);
  }

  /** Over a tenant that has something already. */
  static over(database: Database, tenant: string): ImportBench {
    return new ImportBench(database, tenant);
  }

  /** Writes a file. @returns Its path. */
  file(name: string, content: string | Uint8Array): string {
    const path = join(this.#folder, name);
    writeFileSync(path, content);
    return path;
  }

  async import(paths: string | readonly string[], { isDry = false, ...how }: HowToImport = {}): Promise<Imported> {
    const { registry, store: real } = this;
    const outcomes: Outcome[] = [];
    const notices: string[] = [];
    const now = (): string => new Date().toISOString();
    const store = isDry ? new DryStore({ store: real, registry, settings: defaultSettings, now, newId }) : real;
    const reporter = {
      outcome: (outcome: Outcome) => void outcomes.push(outcome),
      remark: (_at: unknown, { sentence }: { readonly sentence: string }) => void notices.push(sentence),
      notice: (text: string) => void notices.push(text),
      file: () => undefined,
    };
    await runImport({ paths: [paths].flat(), store, registry, settings: defaultSettings, reporter, newId, ...how });
    return { counts: outcomes.reduce(counted, noCounts), outcomes, notices };
  }

  async all(module: string, query: Query = {}): Promise<readonly AnyRecord[]> {
    return gather(allRecords(this.store, module, query));
  }

  /** The one record that matches. */
  async one(module: string, where: Query['where'] = {}): Promise<AnyRecord> {
    const found = await this.all(module, { where });
    if (found.length !== 1) throw new Error(`${found.length} records of ${module} match ${JSON.stringify(where)}`);
    return found[0]!;
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
