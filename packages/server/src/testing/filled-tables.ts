import type { Registry } from '@tessera-crm/model/registry.js';
import type { StoredRecord } from '@tessera-crm/model/testing/random-world.js';
import type { Database } from '../database/database.ts';
import { ownerRole, schemaName } from '../database/roles.ts';
import { createTable } from '../sql/ddl.ts';
import { moduleTable } from '../sql/tables.ts';
import { insertMany } from '../sql/write.ts';

/** Makes the tables of modules that no migration knows. */
export const makeTables = async (database: Database, registry: Registry): Promise<void> =>
  database.maintain(async (connection) => {
    const tables = registry.all.map((module) => createTable(moduleTable(module, registry)));
    await connection.script(
      `begin; set local role ${ownerRole}; set local search_path to ${schemaName}; ${tables.join('\n')} commit`,
    );
  });

/** Puts records in as they are, past all rules. */
export const fillTables = async (
  database: Database,
  { registry, records }: { readonly registry: Registry; readonly records: readonly StoredRecord[] },
  tenant: string,
): Promise<void> => {
  for (const module of registry.all) {
    const own = records.filter((one) => one.module === module.key).map(({ record }) => record);
    if (own.length > 0) await database.run(tenant, insertMany(module, own, tenant));
  }
};
