import type { Client } from 'pg';
import { CrmError } from '@tessera-crm/model/errors.js';
import { isId } from '@tessera-crm/model/id.js';
import { queryRows } from './array-query.ts';
import { ClientPool, type Member, type PoolOptions } from './client-pool.ts';
import { isBroken, isLostRace, toCrmError } from './database-error.ts';
import type { Connection, Database, MaintenanceConnection, Rows, Statement } from './database.ts';
import { adminRole, appRole } from './roles.ts';
import { StatementNames } from './statement-names.ts';
import { valueTypes } from './value-types.ts';

export interface PooledDatabaseOptions extends PoolOptions {
  readonly engine: Database['engine'];
  readonly clock: Database['clock'];
  /** Brings a session to how every piece of work expects it. @returns Whether it acts as the application's role. */
  readonly prepare: (client: Client) => Promise<boolean>;
  /** What remains to be done once all connections are closed. */
  readonly shut?: () => Promise<void>;
}

/** For whom a transaction is, and how it begins. */
interface Beginning {
  readonly tenant: string;
  readonly begin: string;
}

const attempts = 3;

/** A database behind a pool of connections; PGlite is one with a single connection. */
export class PooledDatabase implements Database {
  readonly engine: Database['engine'];
  readonly single: boolean;
  readonly clock: Database['clock'];
  readonly #options: PooledDatabaseOptions;
  readonly #pool: ClientPool;
  readonly #names = new StatementNames();

  constructor(options: PooledDatabaseOptions) {
    this.#options = options;
    this.engine = options.engine;
    this.clock = options.clock;
    this.single = options.max === 1;
    this.#pool = new ClientPool(options);
  }

  async run(tenant: string, statement: Statement): Promise<Rows> {
    return this.#with(tenant, async (member) => {
      if (!member.guarded) await this.#guard(member);
      if (member.tenant === tenant) return this.#query(member.client, statement);
      const [, rows] = await all([this.#bind(member, tenant), this.#query(member.client, statement)]);
      return rows;
    });
  }

  async transaction<T>(tenant: string, work: (connection: Connection) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#with(tenant, (member) => this.#attempt(member, { tenant, begin: 'begin' }, work));
      } catch (error) {
        if (attempt === attempts || !isLostRace(error)) throw error;
      }
    }
  }

  async reading<T>(tenant: string, work: (connection: Connection) => Promise<T>): Promise<T> {
    const begin = 'begin isolation level repeatable read read only';
    return this.#with(tenant, (member) => this.#attempt(member, { tenant, begin }, work));
  }

  async admin(statement: Statement): Promise<Rows> {
    return this.#with(null, async (member) => {
      if (!member.guarded) await this.#guard(member);
      const { client } = member;
      const [, rows] = await all([
        client.query(`set role ${adminRole}`),
        this.#query(client, statement),
        client.query(`set role ${appRole}`),
      ]);
      return rows;
    });
  }

  async maintain<T>(work: (connection: MaintenanceConnection) => Promise<T>): Promise<T> {
    return this.#with(null, async (member) => {
      const { client } = member;
      await client.query('reset role; set statement_timeout to 0; set idle_in_transaction_session_timeout to 0');
      try {
        return await work({
          run: ({ sql, parameters }) => queryRows(client, { text: sql, values: [...parameters] }, valueTypes),
          script: async (text) => void (await client.query(text)),
        });
      } finally {
        member.tenant = null;
        member.guarded = false;
      }
    });
  }

  async close(): Promise<void> {
    await this.#pool.close();
    await this.#options.shut?.();
  }

  async #with<T>(tenant: string | null, work: (member: Member) => Promise<T>): Promise<T> {
    let member: Member;
    try {
      member = await this.#pool.acquire(tenant);
    } catch (error) {
      throw toCrmError(error);
    }
    try {
      const result = await work(member);
      this.#pool.release(member);
      return result;
    } catch (error) {
      this.#pool.release(member, isUnusable(error));
      throw error instanceof CrmError ? error : toCrmError(error);
    }
  }

  async #guard(member: Member): Promise<void> {
    member.guarded = await this.#options.prepare(member.client);
    if (!member.guarded) throw new CrmError('config', 'The database is empty: run the migrations first.');
  }

  async #bind(member: Member, tenant: string): Promise<void> {
    member.tenant = null;
    await member.client.query(`set app.tenant = '${checked(tenant)}'`);
    member.tenant = tenant;
  }

  async #attempt<T>(
    member: Member,
    { tenant, begin }: Beginning,
    work: (connection: Connection) => Promise<T>,
  ): Promise<T> {
    if (!member.guarded) await this.#guard(member);
    const { client } = member;
    const begun = client.query(`${begin}; set local app.tenant = '${checked(tenant)}'`);
    // told by the first statement as well, which would otherwise run outside
    begun.catch(() => undefined);
    try {
      const result = await work({ run: (statement) => this.#query(client, statement).catch(rethrow) });
      const { command } = (await all([begun, client.query('commit')]))[1];
      if (command !== 'COMMIT') throw new CrmError('internal', 'The transaction had failed before its end.');
      return result;
    } catch (error) {
      await client.query('rollback');
      throw error;
    }
  }

  #query(client: Client, { sql, parameters, raw }: Statement): Promise<Rows> {
    const name = this.#names.nameOf(sql);
    const config = { text: sql, values: parameters as unknown[], ...(name !== undefined && { name }) };
    return queryRows(client, config, raw ? undefined : valueTypes);
  }
}

const rethrow = (error: unknown): never => {
  throw toCrmError(error);
};

/** Waits for all answers, so that none is left on the connection, and then fails with the first failure. */
const all = async <const Queries extends readonly Promise<unknown>[]>(queries: Queries) => {
  await Promise.allSettled(queries);
  return Promise.all(queries);
};

const isUnusable = (error: unknown): boolean => {
  if (!(error instanceof CrmError)) return isBroken(error);
  return error.code === 'unavailable' && isBroken(error.cause);
};

/** `set` takes no parameters, therefore nothing but a UUID may come near it. */
const checked = (tenant: string): string => {
  if (!isId(tenant)) throw new CrmError('config', 'A tenant is named by a UUID.', { tenant });
  return tenant;
};
