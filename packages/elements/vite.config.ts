import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { bundleSettings } from '../../tools/bundle-settings.ts';
import { reserveRules } from './src/instance/reserved-heights.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What a page without a bundler loads: `auto.js` defines the elements a page uses, `index.js` exports everything. */
const entries = Object.fromEntries(
  ['auto', 'index'].map((name) => [name, here(`src/${name}.ts`)] as const).filter(([, path]) => existsSync(path)),
);

const within = (...paths: readonly string[]): RegExp =>
  new RegExp(paths.map((path) => path.replaceAll('/', '[\\\\/]')).join('|'));

/** What is always needed together travels together: every file costs a page a round trip. */
const chunks = [
  {
    name: 'loader',
    test: within(
      'src/(crm|instance/(instance|connection|define-elements|element-table|appearance|token-from))\\.ts',
      'src/data/(switching-store|handed-watch)',
      'src/frame/(instance|define)\\.ts',
      'model/src/errors',
      'preload-helper',
    ),
    priority: 1,
  },
  {
    name: 'frame',
    test: within(
      'node_modules/@?lit',
      'src/frame/(?!form)',
      'src/styles/(tokens|base|button|chip)',
      'src/i18n/(?!.*\\.it\\.)',
      'src/icons',
      'src/data/(record|status)',
    ),
  },
  {
    name: 'client',
    test: within('node_modules/ky/', 'client/src/(remote-store|transport|token-source|batched-reads)'),
  },
];

/** The room that `auto.js` keeps, for pages that want it before any script has run. */
const reserveSheet: Plugin = {
  name: 'tessera-reserve-sheet',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'reserve.css', source: `${reserveRules('crm').join('\n')}\n` });
  },
};

export default defineConfig({
  ...bundleSettings,
  plugins: [...bundleSettings.plugins, reserveSheet],
  root: here('.'),
  build: {
    ...bundleSettings.build,
    outDir: 'cdn',
    emptyOutDir: true,
    sourcemap: true,
    rolldownOptions: {
      ...bundleSettings.build.rolldownOptions,
      input: entries,
      output: { ...bundleSettings.build.rolldownOptions.output, codeSplitting: { groups: chunks } },
      preserveEntrySignatures: 'exports-only',
    },
  },
});
