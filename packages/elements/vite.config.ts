import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { bundleSettings } from '../../tools/bundle-settings.ts';
import { integrity } from '../../tools/integrity.ts';
import { reserveRules } from './src/instance/reserved-heights.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What a page without a bundler loads: `auto.js` defines the elements a page uses, `index.js` exports everything. */
const entries = Object.fromEntries(
  ['auto', 'index'].map((name) => [name, here(`src/${name}.ts`)] as const).filter(([, path]) => existsSync(path)),
);

/** The room that `auto.js` keeps, for pages that want it before any script has run. */
const reserveSheet: Plugin = {
  name: 'tessera-reserve-sheet',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'reserve.css', source: `${reserveRules('crm').join('\n')}\n` });
  },
};

const { version } = JSON.parse(readFileSync(here('package.json'), 'utf8')) as { readonly version: string };

export default defineConfig({
  ...bundleSettings,
  plugins: [
    ...bundleSettings.plugins,
    reserveSheet,
    integrity({ folder: `/vendor/tessera/${version}/`, entry: 'auto.js' }),
  ],
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
