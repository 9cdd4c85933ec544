import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Tenant } from '../auth/access.ts';
import { createKey } from '../auth/create-key.ts';
import type { Host } from './site.ts';
import type { Workplace } from './with-app.ts';

/** What a `backend.ts` among the examples exports. */
interface HostModule {
  createBackend(options: { readonly crm: string; readonly key: string }): Host;
}

const keyName = 'example';

/** The servers of the examples that have one, each with a key that is good until the next start. */
export const exampleHosts = async (
  { app: { keyring } }: Workplace,
  { tenant, address, folder }: { readonly tenant: Tenant; readonly address: string; readonly folder: string },
): Promise<ReadonlyMap<string, Host>> => {
  const hosts = new Map<string, Host>();
  for (const { id, name, revokedAt } of await keyring.secretKeys(tenant.id))
    if (name === keyName && revokedAt === null) await keyring.revokeSecretKey(tenant.id, id);
  for (const name of ['shop']) {
    const file = join(folder, name, 'backend.ts');
    if (!existsSync(file)) continue;
    const { createBackend } = (await import(pathToFileURL(file).href)) as HostModule;
    const key = await createKey(keyring, tenant, { name: keyName, scope: null, origins: [] });
    hosts.set(name, createBackend({ crm: address, key }));
  }
  return hosts;
};
