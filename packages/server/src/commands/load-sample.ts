import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import type { App } from '../app.ts';
import type { Tenant } from '../auth/access.ts';
import type { Database } from '../database/database.ts';
import type { Terminal } from './command.ts';

/** What sample data is loaded into. */
export interface SampleTarget {
  readonly app: App;
  readonly database: Database;
  readonly tenant: Tenant;
  readonly now: Date;
}

/** What `sample.ts` beside this file exports as `loadSample`. */
export type LoadSample = (target: SampleTarget) => Promise<void>;

/** Loads the sample data, if this build comes with any. */
export const loadSampleIfThere = async (target: SampleTarget, terminal: Terminal): Promise<void> => {
  const address = new URL(`sample${extname(import.meta.filename)}`, import.meta.url);
  if (!existsSync(address)) return;
  terminal.note('Loading sample data…\n');
  const { loadSample } = (await import(address.href)) as { readonly loadSample: LoadSample };
  await loadSample(target);
};
