import type { Database, MaintenanceConnection } from '../database/database.ts';
import { ownerRole, schemaName } from '../database/roles.ts';

const table = `${schemaName}.tenant_clock`;

/**
 * Further than any number that a server before it can have told: what was restored elsewhere counts transactions anew,
 * perhaps from the beginning.
 */
const jump = 2 ** 40;

/** By which clock the numbers were given, and by which installation of PostgreSQL. */
interface Mark {
  readonly clock: string;
  readonly system: string;
}

/**
 * Makes sure that numbers go on growing when the clock is another one than before, or when the transactions by which it
 * goes are counted anew because the database was restored from a dump. Whoever followed the changes before a restoration
 * begins anew. All servers of a database have to have the same clock.
 */
export const settleClock = async (database: Database): Promise<void> =>
  database.maintain(async (connection) => {
    await connection.script(`begin; set local role ${ownerRole}; lock table ${table} in exclusive mode`);
    try {
      const before = await readMark(connection);
      const { system } = before;
      const now = { clock: database.clock.name, system: await systemOf(connection) };
      // numbers of transactions stood above the counter: it has to go past them
      if (before.clock === 'snapshot' && now.clock === 'counter') await lift(connection, nextTransaction);
      if (before.clock === 'snapshot' && system !== now.system) await beginEpoch(connection);
      if (before.clock !== now.clock || system !== now.system)
        await connection.script(`comment on table ${table} is '${now.clock} ${now.system}'`);
      await connection.script('commit');
    } catch (error) {
      await connection.script('rollback');
      throw error;
    }
  });

const readMark = async (connection: MaintenanceConnection): Promise<Mark> => {
  const sql = `select obj_description('${table}'::regclass)`;
  const { rows } = await connection.run({ sql, parameters: [] });
  const [clock = 'counter', system = ''] = ((rows[0]?.[0] as string | null) ?? 'counter').split(' ');
  return { clock, system };
};

const systemOf = async (connection: MaintenanceConnection): Promise<string> => {
  const { rows } = await connection.run({
    sql: 'select system_identifier::text from pg_control_system()',
    parameters: [],
  });
  return rows[0]![0] as string;
};

const nextTransaction = 'pg_snapshot_xmax(pg_current_snapshot())::text::bigint';

/** Moves all tenants' counters on by a number, and past everything that they have. */
const lift = async (connection: MaintenanceConnection, by: string): Promise<void> =>
  connection.script(`insert into ${table} as clock (tenant_id, seq)
    select id, ${by} + coalesce((select seq from ${schemaName}.changes where tenant_id = tenants.id order by seq desc limit 1), 0) from ${schemaName}.tenants
    on conflict (tenant_id) do update set seq = greatest(clock.seq + ${by}, excluded.seq)`);

const beginEpoch = async (connection: MaintenanceConnection): Promise<void> => {
  await lift(connection, String(jump));
  await connection.script(`insert into ${schemaName}.horizons as known (tenant_id, seq) select tenant_id, seq from ${table}
    on conflict (tenant_id) do update set seq = excluded.seq`);
};
