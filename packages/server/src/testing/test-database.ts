import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import type { Database } from '../database/database.ts';
import { openDatabase, overEngine, type OpenOptions } from '../database/open-database.ts';
import { migrate } from '../sql/migrate.ts';
import { cacheFolder, engineVersion, fingerprint } from './test-folder.ts';

/** The kinds of database that tests run on, and why one of them does not run here. */
export interface TestEngine {
  readonly name: string;
  /** A migrated, empty database of its own. */
  open(options?: OpenOptions): Promise<Database>;
  /** Why it is left out; false when it is not. */
  readonly skip: string | false;
}

const serverAddress = process.env['TEST_DATABASE_URL'];

const missingServer = 'TEST_DATABASE_URL names no PostgreSQL';

/** @throws {Error} When there is no PostgreSQL, and nobody said that this is all right. */
const skipPostgres = (): string | false => {
  if (serverAddress !== undefined && serverAddress !== '') return false;
  if (process.env['TESSERA_SKIP_POSTGRES'] === '1') return missingServer;
  throw new Error(`${missingServer}; set TESSERA_SKIP_POSTGRES=1 to test without it.`);
};

export const pglite: TestEngine = { name: 'PGlite', open: (options) => openTestPGlite(options), skip: false };

export const postgres: TestEngine = {
  name: 'PostgreSQL',
  open: (options) => openTestPostgres(options),
  skip: skipPostgres(),
};

export const engines: readonly TestEngine[] = [pglite, postgres];

/** Loading a migrated folder takes a third of the time that making and migrating one does. */
const openTestPGlite = async (options: OpenOptions = {}): Promise<Database> => {
  const file = `${cacheFolder}tessera-pglite-${engineVersion()}-${fingerprint()}.tar`;
  const kept = await readFile(file).catch(() => undefined);
  if (kept) return overEngine(await PGlite.create({ loadDataDir: new Blob([kept]) }), options);
  const engine = await PGlite.create();
  const database = overEngine(engine, options);
  await migrate(database);
  const folder = await engine.dumpDataDir('none');
  await mkdir(cacheFolder, { recursive: true });
  await writeFile(`${file}.${process.pid}`, Buffer.from(await folder.arrayBuffer()));
  await rename(`${file}.${process.pid}`, file);
  return database;
};

let counter = 0;

/** A database on the test server, copied from a migrated one; dropped again when it is closed. */
const openTestPostgres = async (options: OpenOptions = {}): Promise<Database> => {
  const { url } = await createTestPostgres();
  const database = await openDatabase(url, options);
  const close = async (): Promise<void> => {
    await database.close();
    await dropTestPostgres(url);
  };
  return new Proxy(database, { get: (of, name) => (name === 'close' ? close : bound(of, name)) });
};

const bound = (of: Database, name: string | symbol): unknown => {
  const value: unknown = Reflect.get(of, name);
  return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(of) : value;
};

const addressOf = (name: string): string => {
  const url = new URL(serverAddress!);
  url.pathname = `/${name}`;
  return url.href;
};

/** The address of a migrated, empty database of its own. */
export const createTestPostgres = async (): Promise<{ readonly url: string }> => {
  const template = `tessera_test_${fingerprint()}`;
  const name = `${template}_${process.pid}_${++counter}`;
  const server = await openDatabase(serverAddress!);
  try {
    await server.maintain(async (connection) => {
      // one at a time: a template may not be in use while it is copied
      await connection.script('select pg_advisory_lock(4600)');
      try {
        const { rows } = await connection.run({
          sql: 'select 1 from pg_database where datname = $1',
          parameters: [template],
        });
        if (rows.length === 0) await makeTemplate(template, (text) => connection.script(text));
        await connection.script(`create database "${name}" template "${template}"`);
      } finally {
        await connection.script('select pg_advisory_unlock(4600)');
      }
    });
  } finally {
    await server.close();
  }
  return { url: addressOf(name) };
};

/** Under another name until it is whole. */
const makeTemplate = async (template: string, script: (text: string) => Promise<void>): Promise<void> => {
  const draft = `${template}_draft`;
  await script(`drop database if exists "${draft}"`);
  await script(`create database "${draft}"`);
  const database = await openDatabase(addressOf(draft));
  try {
    await migrate(database);
  } finally {
    await database.close();
  }
  await script(`alter database "${draft}" rename to "${template}"`);
};

export const dropTestPostgres = async (url: string): Promise<void> => {
  const server = await openDatabase(serverAddress!);
  try {
    await server.maintain((connection) =>
      connection.script(`drop database if exists "${new URL(url).pathname.slice(1)}" with (force)`),
    );
  } finally {
    await server.close();
  }
};
