import { sql } from 'kysely';
import { CrmError } from '@tessera-crm/model/errors.js';
import { defaultSettings, type Settings } from '@tessera-crm/model/settings.js';
import { toObjects, type Database } from '../database/database.ts';
import { house } from '../sql/compiler.ts';

/** One customer of the server: its records, keys and users are its own. */
export interface TenantRecord {
  readonly id: string;
  /** The name in commands and addresses: `demo`. */
  readonly slug: string;
  readonly name: string;
  readonly settings: Settings;
}

export interface NewTenant {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly settings?: Partial<Settings>;
}

const columns = ['id', 'slug', 'name', 'settings'] as const;

type Row = Omit<TenantRecord, 'settings'> & { readonly settings: unknown };

/** What a tenant did not decide is as for everybody. */
const toTenant = ({ settings, ...row }: Row): TenantRecord => ({
  ...row,
  settings: { ...defaultSettings, ...(settings as Partial<Settings>) },
});

/** @param at - RFC 3339, UTC. @throws {CrmError} `conflict` when the id or the slug is taken */
export const addTenant = async (
  database: Database,
  { id, slug, name, settings = {} }: NewTenant,
  at: string,
): Promise<void> => {
  const statement = house
    .insertInto('tenants')
    .values({ id, slug, name, settings: JSON.stringify(settings), created_at: at });
  await database.admin(statement.compile());
};

/** @param name - The tenant's id or its slug. */
export const findTenant = async (database: Database, name: string): Promise<TenantRecord | null> => {
  const statement = house
    .selectFrom('tenants')
    .select(columns)
    .where((is) => is.or([is('slug', '=', name), is(is.cast<string>('id', 'text'), '=', name)]));
  const [row] = toObjects<Row>(await database.admin(statement.compile()));
  return row ? toTenant(row) : null;
};

export const listTenants = async (database: Database): Promise<readonly TenantRecord[]> =>
  toObjects<Row>(await database.admin(house.selectFrom('tenants').select(columns).orderBy('slug').compile())).map(
    toTenant,
  );

/** Changes some settings of a tenant. @throws {CrmError} `not-found` */
export const changeSettings = async (
  database: Database,
  tenant: string,
  settings: Partial<Settings>,
): Promise<void> => {
  const statement = house
    .updateTable('v_tenants')
    .set({ settings: sql<string>`settings || ${JSON.stringify(settings)}::jsonb` })
    .where('id', '=', tenant);
  const { rowCount } = await database.run(tenant, statement.compile());
  if (rowCount === 0) throw new CrmError('not-found', 'There is no such tenant.', { tenant });
};
