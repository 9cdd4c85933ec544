import { parseArgs } from 'node:util';
import { CrmError } from '@tessera-crm/model/errors.js';
import type { App } from '../app.ts';
import type { Tenant } from '../auth/access.ts';
import { gatherStatistics } from '../database/statistics.ts';
import { writeSample } from '../sample/write-sample.ts';
import type { Command } from './command.ts';
import type { SampleTarget } from './load-sample.ts';
import { chosenTenant, ensureTenant, withApp } from './with-app.ts';

const options = { tenant: { type: 'string' } } as const;

/** Whether a tenant has nobody yet: sample data is only for those. */
const isEmpty = async ({ backend }: App, tenant: Tenant): Promise<boolean> => {
  const store = backend.store(tenant, { identity: { type: 'system' }, principal: 'system' });
  const pages = await Promise.all(['users', 'accounts', 'pipelines'].map((module) => store.list(module, { limit: 1 })));
  return pages.every(({ records }) => records.length === 0);
};

/** Fills a tenant that is empty with a made-up company; one that is not is left alone. @returns How many changes it took. */
export const loadSample = async ({ app, database, tenant, now }: SampleTarget): Promise<number> => {
  if (!(await isEmpty(app, tenant))) return 0;
  const { id, settings } = tenant;
  const made = await writeSample({ database, registry: app.backend.registry, tenant: id, settings, now });
  await gatherStatistics(database);
  return made;
};

export const sampleCommand: Command = {
  summary: 'fill an empty tenant with a made-up company to look at',
  usage: 'tessera sample [--tenant <slug>]\n  Without any tenant, makes one called demo.',
  async run(args, terminal) {
    const { values } = parseArgs({ args: [...args], options });
    return withApp(terminal, async ({ app, database }) => {
      const tenant =
        values.tenant === undefined ? (await ensureTenant(app)).tenant : await chosenTenant(app, values.tenant);
      const made = await loadSample({ app, database, tenant, now: new Date() });
      if (made === 0)
        throw new CrmError('config', `The tenant "${tenant.slug}" is not empty: sample data is only for empty ones.`);
      terminal.note(`${made} changes were made in "${tenant.slug}".\n`);
      return 0;
    });
  },
};
