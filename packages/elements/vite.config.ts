import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { bundleSettings } from '../../tools/bundle-settings.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What a page without a bundler loads: `auto.js` defines the elements a page uses, `index.js` exports everything. */
const entries = Object.fromEntries(
  ['auto', 'index'].map((name) => [name, here(`src/${name}.ts`)] as const).filter(([, path]) => existsSync(path)),
);

export default defineConfig({
  ...bundleSettings,
  root: here('.'),
  build: {
    ...bundleSettings.build,
    outDir: 'cdn',
    emptyOutDir: true,
    sourcemap: true,
    rolldownOptions: {
      ...bundleSettings.build.rolldownOptions,
      input: entries,
      preserveEntrySignatures: 'exports-only',
    },
  },
});
