import { mkdir } from 'node:fs/promises';
import { CrmError } from '@tessera-crm/model/errors.js';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import { createApp, type App } from '../app.ts';
import type { Tenant } from '../auth/access.ts';
import type { Database } from '../database/database.ts';
import { openDatabase } from '../database/open-database.ts';
import { gatherStatistics } from '../database/statistics.ts';
import { newId } from '../new-id.ts';
import { migrate } from '../sql/migrate.ts';
import type { Terminal } from './command.ts';
import { readSettings, type ServerSettings } from './settings.ts';

/** What a command works with. */
export interface Workplace {
  readonly app: App;
  readonly database: Database;
  readonly settings: ServerSettings;
}

/** Opens the database that the environment names, brings it up to date, and closes it again when the work is done. */
export const withApp = async <T>(terminal: Terminal, work: (workplace: Workplace) => Promise<T>): Promise<T> => {
  const settings = readSettings(terminal);
  const { folder, origins, sandboxed, rateLimit, clock, connections } = settings;
  await mkdir(folder, { recursive: true });
  const database = await openDatabase(settings.database, { clock, ...(connections && { connections }) });
  try {
    await migrate(database);
    await gatherStatistics(database);
    const app = createApp({
      database,
      registry: builtInRegistry(),
      folder,
      origins,
      sandboxed,
      ...(rateLimit !== undefined && { rateLimit }),
    });
    return await work({ app, database, settings });
  } finally {
    await database.close();
  }
};

/** The tenant of that name; without a name the only one there is. @throws {CrmError} `config` */
export const chosenTenant = async ({ keyring }: App, name: string | undefined): Promise<Tenant> => {
  const tenants = await keyring.tenants();
  const found = name === undefined ? (tenants.length === 1 ? tenants[0] : undefined) : await keyring.tenant(name);
  if (found) return found;
  const known = tenants.map(({ slug }) => slug).join(', ') || 'none yet';
  throw new CrmError(
    'config',
    name === undefined ? `Say which tenant with --tenant: ${known}.` : `There is no tenant "${name}": ${known}.`,
  );
};

const trial = 'demo';

/**
 * The tenant for trying things out, made on the first start. It is new until it has a key, which a first start makes
 * last: one that was broken off is begun again.
 */
export const ensureTenant = async ({ keyring }: App): Promise<{ readonly tenant: Tenant; readonly isNew: boolean }> => {
  const [known] = await keyring.tenants();
  if (known && known.slug !== trial) return { tenant: known, isNew: false };
  if (!known) await keyring.addTenant({ id: newId(Date.now()), slug: trial, name: 'Demo' });
  const tenant = known ?? (await keyring.tenant(trial));
  if (!tenant) throw new CrmError('internal', 'The tenant that was just made is not there.');
  return { tenant, isNew: (await keyring.secretKeys(tenant.id)).length === 0 };
};
