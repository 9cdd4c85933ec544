import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'vite';
import { settingsOf, type Name } from './pages.ts';
import { printTable, type Row } from './table.ts';

interface Weighed {
  readonly title: string;
  readonly name: Name;
  readonly code: string;
  /** What is not weighed, by the beginning of its name. */
  readonly without?: readonly string[];
}

const cache = { name: 'ours', code: `export { createCache } from '@tessera-crm/cache';` } as const;

const rxdb = `export { createRxDatabase } from 'rxdb/plugins/core';
  export { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
  export { replicateRxCollection } from 'rxdb/plugins/replication';`;

const tanstack = `export { BTreeIndex, createCollection, createLiveQueryCollection, eq } from '@tanstack/db';`;

/** What a page imports for each of them; ours with everything that it fetches later. */
const weighed: readonly Weighed[] = [
  { title: 'ours alone', ...cache, without: ['@tessera-crm/model'] },
  { title: '+ of the model', ...cache },
  { title: 'dexie', name: 'dexie', code: `export { Dexie, liveQuery } from 'dexie';` },
  { title: 'rxdb', name: 'rxdb', code: rxdb },
  { title: 'tanstack', name: 'tanstack', code: tanstack },
  { title: 'replicache', name: 'replicache', code: `export { Replicache } from 'replicache';` },
  {
    title: 'zero',
    name: 'zero',
    code: `export { Zero, createBuilder, createSchema, json, string, table } from '@rocicorp/zero';`,
  },
];

const entry = join(import.meta.dirname, 'contenders', 'entry.js');

const entryOf = (code: string): Plugin => ({
  name: 'tessera-bench-entry',
  enforce: 'pre',
  resolveId: (source) => (source === 'virtual:entry' ? entry : undefined),
  load: (path) => (path === entry ? code : undefined),
});

interface Built {
  readonly output: readonly { readonly type: string; readonly code: string }[];
}

/** kB, minified and compressed one by one. */
const weigh = async ({ name, code, without = [] }: Weighed): Promise<number> => {
  const { build: building, plugins, ...settings } = settingsOf(name);
  const external = without.map((one) => new RegExp(`^${one}(/|$)`));
  const [{ output }] = (await build({
    ...settings,
    plugins: [...plugins, entryOf(code)],
    build: {
      ...building,
      write: false,
      rolldownOptions: {
        ...building.rolldownOptions,
        input: 'virtual:entry',
        preserveEntrySignatures: 'strict',
        external,
      },
    },
  })) as unknown as readonly [Built];
  const chunks = output.filter(({ type }) => type === 'chunk');
  return chunks.reduce((sum, chunk) => sum + gzipSync(chunk.code, { level: 9 }).length, 0) / 1000;
};

export const printSizes = async (): Promise<void> => {
  const rows: Row[] = [];
  for (const one of weighed) rows.push([one.title, await weigh(one)]);
  printTable('What a page loads, minified and compressed: kB', { head: ['', 'kB'], rows });
};
