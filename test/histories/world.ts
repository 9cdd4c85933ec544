import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createKey } from '../../packages/server/src/auth/create-key.ts';
import { SqlKeyring } from '../../packages/server/src/auth/sql-keyring.ts';
import type { Database } from '../../packages/server/src/database/database.ts';
import { openDatabase } from '../../packages/server/src/database/open-database.ts';
import { migrate } from '../../packages/server/src/sql/migrate.ts';
import { keyIn } from '../../packages/server/src/testing/served.ts';
import { createTestFolder } from '../../packages/server/src/testing/test-folder.ts';
import { findPostgres, startPostgres } from '../../tools/postgres.mjs';
import { ServerProcess } from './server-process.ts';

/** Whose records a history is about, and the secret key to all of them. */
export interface Tenancy {
  readonly tenant: string;
  readonly key: string;
}

/** Servers and their database, for one history after the other. */
export interface World {
  readonly engine: 'PGlite' | 'PostgreSQL';
  readonly clock: 'counter' | 'snapshot';
  readonly servers: readonly ServerProcess[];
  /** What went wrong with the servers by itself. */
  readonly mishaps: string[];
  /** The database as a server of its own, if it is one. */
  readonly cluster: Cluster | null;
  /** A tenant without any records; the servers are up then. */
  tenancy(): Promise<Tenancy>;
  /** Looks into the database. An embedded one is its server's alone, which has to stop for that. */
  look<T>(work: (database: Database) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

interface Cluster {
  readonly url: string;
  /** Ends it, in order (SIGINT) or at once (SIGQUIT), for so many milliseconds. */
  restart(signal: 'SIGINT' | 'SIGQUIT', milliseconds: number): Promise<void>;
}

/** Few, so that it does not take much to use them up. */
export const mostConnections = 26;

export interface PostgresOptions {
  readonly clock: World['clock'];
  /** Of each server to the database, at most. */
  readonly connections: number;
}

/** One server over a database that it embeds. */
export const openPGlite = async (): Promise<World> => {
  const [folder, data] = [await createTestFolder(), mkdtempSync(join(tmpdir(), 'tessera-histories-'))];
  const mishaps: string[] = [];
  const server = new ServerProcess('server', environmentOf(data, folder), (text) => mishaps.push(text));
  const close = async (): Promise<void> => {
    await server.stop();
    for (const path of [folder, data]) rmSync(path, { recursive: true, force: true });
  };
  const look = async <T>(work: (database: Database) => Promise<T>): Promise<T> => {
    await server.stop();
    return withDatabase(folder, work);
  };
  const tenancy = async (): Promise<Tenancy> => {
    const made = server.greeting === '' ? undefined : await look(makeTenancy);
    await server.start();
    // the first start made one
    return made ?? { tenant: 'demo', key: keyIn(server.greeting) };
  };
  return { engine: 'PGlite', clock: 'counter', servers: [server], mishaps, cluster: null, tenancy, look, close };
};

/** Two servers over one PostgreSQL of their own. */
export const openPostgres = async ({ clock, connections }: PostgresOptions): Promise<World> => {
  // what is committed is to be there after a crash, as it is wherever data count
  const cluster = await startPostgres(findPostgres()!, { synchronous_commit: 'on', max_connections: mostConnections });
  const data = mkdtempSync(join(tmpdir(), 'tessera-histories-'));
  const environment = {
    ...environmentOf(data, cluster.url),
    TESSERA_CLOCK: clock,
    TESSERA_CONNECTIONS: String(connections),
  };
  const mishaps: string[] = [];
  const servers = ['one', 'two'].map((name) => new ServerProcess(name, environment, (text) => mishaps.push(text)));
  await withDatabase(cluster.url, migrate);
  const close = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.stop()));
    await cluster.stop();
    rmSync(data, { recursive: true, force: true });
  };
  const look = <T>(work: (database: Database) => Promise<T>): Promise<T> => withDatabase(cluster.url, work);
  const tenancy = async (): Promise<Tenancy> => {
    for (const server of servers) await server.start();
    return look(makeTenancy);
  };
  return {
    engine: 'PostgreSQL',
    clock,
    servers,
    mishaps,
    cluster: { url: cluster.url, restart: restarting(cluster) },
    tenancy,
    look,
    close,
  };
};

/** One time after the other. */
const restarting = ({ halt }: Awaited<ReturnType<typeof startPostgres>>): Cluster['restart'] => {
  let turn = Promise.resolve();
  return async (signal, milliseconds) => {
    turn = turn.then(async () => {
      const goOn = await halt(signal);
      await pause(milliseconds);
      await goOn();
    });
    return turn;
  };
};

const environmentOf = (data: string, address: string) => ({
  TESSERA_DATA: data,
  TESSERA_RATE_LIMIT: '0',
  DATABASE_URL: address,
});

const makeTenancy = async (database: Database): Promise<Tenancy> => {
  const keyring = new SqlKeyring({ database, now: Date.now });
  const slug = `t${crypto.randomUUID().slice(0, 8)}`;
  await keyring.addTenant({ id: crypto.randomUUID(), slug, name: slug });
  const tenant = (await keyring.tenant(slug))!;
  return { tenant: slug, key: await createKey(keyring, tenant, { name: 'history', scope: null, origins: [] }) };
};

const withDatabase = async <T>(address: string, work: (database: Database) => Promise<T>): Promise<T> => {
  const database = await openDatabase(address);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
};
