import { CrmError } from '@tessera-crm/model/errors.js';
import type { Database, MaintenanceConnection } from '../database/database.ts';
import { adminRole, appRole, ownerRole, schemaName } from '../database/roles.ts';
import { readMigrations, type Migration } from './migration-files.ts';
import { settleClock } from './settle-clock.ts';

/** Roles belong to the whole server, so that another database or another process may make them at the same moment. */
const createRoles = [ownerRole, appRole, adminRole]
  .map(
    (role) => `do $$ begin
  if not exists (select from pg_roles where rolname = '${role}') then create role ${role} nologin; end if;
  if not pg_has_role('${role}', 'member') then grant ${role} to current_user; end if;
exception when duplicate_object or unique_violation then null;
end $$;`,
  )
  .join('\n');

const createSchema = `
create schema if not exists ${schemaName};
grant usage, create on schema ${schemaName} to ${ownerRole};
grant usage on schema ${schemaName} to ${appRole}, ${adminRole};
create table if not exists ${schemaName}.migrations (
  number integer primary key, name text not null, checksum text not null, at timestamptz(3) not null default now()
);`;

/** What several that start at once may do to each other; the second look finds it done. */
const races = new Set(['23505', '42710', '42P06', '42P07', 'XX000', '40001', '40P01']);
const attempts = 10;

/**
 * Brings a database up to date: one transaction per file, each file once, however many processes start together.
 *
 * @returns The names of the files that were run.
 * @throws {CrmError} `config` when a file that was run has changed since, or when roles cannot be made
 */
export const migrate = async (database: Database, migrations = readMigrations()): Promise<readonly string[]> => {
  const done = await runAll(database, migrations);
  await settleClock(database);
  return done;
};

const runAll = async (database: Database, migrations: readonly Migration[]): Promise<readonly string[]> =>
  database.maintain(async (connection) => {
    await prepared(connection);
    const done: string[] = [];
    for (const migration of migrations) if (await runOnce(connection, migration)) done.push(migration.name);
    return done;
  });

const prepared = async (connection: MaintenanceConnection): Promise<void> => {
  for (let attempt = 1; ; attempt++) {
    try {
      await connection.script(createRoles);
      return await connection.script(createSchema);
    } catch (error) {
      const { code } = error as { readonly code?: string };
      if (code === '42501') throw missingRights(error);
      if (attempt === attempts || code === undefined || !races.has(code)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20 * attempt));
    }
  }
};

const missingRights = (cause: unknown): CrmError =>
  new CrmError(
    'config',
    'The database user may not set the database up. Give it CREATEROLE and CREATE on the database, or have an administrator run: ' +
      [ownerRole, appRole, adminRole].map((role) => `create role ${role} nologin; grant ${role} to <user>;`).join(' '),
    {},
    cause,
  );

/** The lock makes others wait until this file is done, and then find it done. */
const runOnce = async (
  connection: MaintenanceConnection,
  { number, name, text, checksum }: Migration,
): Promise<boolean> => {
  await connection.script(`begin; set local search_path to ${schemaName}; lock table migrations in exclusive mode`);
  try {
    const { rows } = await connection.run({
      sql: 'select checksum from migrations where number = $1',
      parameters: [number],
    });
    if (rows[0] && rows[0][0] !== checksum)
      throw new CrmError('config', `The migration ${name} was changed after it had been run.`, { name });
    if (!rows[0]) {
      await connection.script(`set local role ${ownerRole};\n${text}\n;reset role`);
      await connection.run({
        sql: 'insert into migrations (number, name, checksum) values ($1, $2, $3)',
        parameters: [number, name, checksum],
      });
    }
    await connection.script('commit');
    return !rows[0];
  } catch (error) {
    await connection.script('rollback');
    throw error;
  }
};
