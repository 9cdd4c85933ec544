import type { PGlite, PGliteOptions } from '@electric-sql/pglite';
import pg, { type Client, type ClientConfig } from 'pg';
import { CrmError } from '@tessera-crm/model/errors.js';
import { changeClocks, type ChangeClock } from '../sql/change-clock.ts';
import type { Database } from './database.ts';
import { lockFolder } from './folder-lock.ts';
import { PGliteStream } from './pglite-stream.ts';
import { PooledDatabase } from './pooled-database.ts';
import { appRole, schemaName } from './roles.ts';
import { valueTypes } from './value-types.ts';

export interface OpenOptions {
  /** Connections at most; PGlite has one. */
  readonly connections?: number;
  /**
   * Where the numbers of changes come from. `counter`, unless told: for every database. `snapshot`: for PostgreSQL alone
   * and tenants with many writers, who do not wait for each other then. The same for all servers of a database.
   */
  readonly clock?: ChangeClock['name'];
  /** Milliseconds after which a statement is given up. */
  readonly statementTimeout?: number;
  /** PGlite: a data folder as a tar archive to begin with, instead of an empty one. */
  readonly snapshot?: Blob;
}

const defaultConnections = 10;
const defaultStatementTimeout = 5_000;
const patience = 5_000;
/** With one connection everybody waits for it. */
const enginePatience = 60_000;
/** A transaction that nobody goes on with holds locks: milliseconds until its session is ended. */
const idleTimeout = 30_000;

/**
 * Opens the database that `address` names: `postgres://…` for PostgreSQL 15 or later, `memory:` for one that is
 * forgotten, anything else for a folder that PGlite keeps.
 *
 * @throws {CrmError} `config` when another process uses the folder · `unavailable` when there is no server
 */
export const openDatabase = async (address: string, options: OpenOptions = {}): Promise<Database> =>
  /^postgres(ql)?:/.test(address) ? openPostgres(address, options) : openPGlite(address, options);

/** What every session begins with. The role is there once migrations have made it. */
const prepare =
  (statementTimeout: number) =>
  async (client: Client): Promise<boolean> => {
    const [, { rowCount }] = await Promise.all([
      client.query(
        `set timezone to 'UTC'; set datestyle to 'ISO, YMD'; set search_path to ${schemaName}; reset app.tenant;` +
          `set statement_timeout to ${statementTimeout}; set idle_in_transaction_session_timeout to ${idleTimeout}`,
      ),
      client.query(
        `select set_config('role', rolname, false) from pg_roles where rolname = '${appRole}' and pg_has_role(oid, 'member')`,
      ),
    ]);
    return rowCount === 1;
  };

const connect = async (config: ClientConfig): Promise<Client> => {
  const client = new pg.Client({ ...config, types: valueTypes, pipeline: true });
  // those that arise in use reject the statement under way; a listener must be there nevertheless
  client.on('error', () => undefined);
  await client.connect();
  return client;
};

const openPostgres = async (
  address: string,
  { connections, statementTimeout, clock }: OpenOptions,
): Promise<Database> =>
  new PooledDatabase({
    engine: 'postgres',
    clock: changeClocks[clock ?? 'counter'],
    max: Math.max(2, connections ?? defaultConnections),
    patience,
    prepare: prepare(statementTimeout ?? defaultStatementTimeout),
    open: () => connect({ connectionString: address, connectionTimeoutMillis: patience, keepAlive: true }),
  });

const openPGlite = async (address: string, { snapshot, ...options }: OpenOptions): Promise<Database> => {
  const folder = address === 'memory:' ? undefined : address;
  const unlock = folder === undefined ? () => undefined : lockFolder(folder);
  try {
    const { PGlite } = await import('@electric-sql/pglite');
    const settings: PGliteOptions = {
      ...(folder !== undefined && { dataDir: folder }),
      ...(snapshot && { loadDataDir: snapshot }),
    };
    return overEngine(await PGlite.create(settings), { ...options, closed: unlock });
  } catch (error) {
    unlock();
    throw error instanceof CrmError
      ? error
      : new CrmError('unavailable', 'The database could not be opened.', { folder }, error);
  }
};

/** A database over a PGlite that is open already; closing it closes that too. */
export const overEngine = (
  engine: PGlite,
  { statementTimeout, closed, clock }: OpenOptions & { readonly closed?: () => void } = {},
): Database =>
  new PooledDatabase({
    engine: 'pglite',
    clock: changeClocks[clock ?? 'counter'],
    max: 1,
    patience: enginePatience,
    prepare: prepare(statementTimeout ?? defaultStatementTimeout),
    open: () => connectTo(engine),
    shut: async () => {
      await engine.close();
      closed?.();
    },
  });

/** The engine's one session outlives connections: a new one must not find what the last one left. */
const connectTo = async (engine: PGlite): Promise<Client> => {
  const client = await connect({ user: 'postgres', database: 'postgres', stream: () => new PGliteStream(engine) });
  await client.query('rollback; deallocate all; reset role');
  return client;
};
