import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defaultClientConditions, defineConfig } from 'vite';
import { minifyLiterals } from '../../tools/minify-literals.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What a page without a bundler loads: `auto.js` defines the elements a page uses, `index.js` exports everything. */
const entries = Object.fromEntries(
  ['auto', 'index'].map((name) => [name, here(`src/${name}.ts`)] as const).filter(([, path]) => existsSync(path)),
);

export default defineConfig({
  root: here('.'),
  plugins: [minifyLiterals()],
  resolve: {
    conditions: ['tessera-source', ...defaultClientConditions],
    // Dexie's usual entry throws on a page that carries another version of Dexie.
    alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }],
  },
  define: { 'process.env.NODE_ENV': '"production"' },
  publicDir: false,
  build: {
    target: 'es2022',
    outDir: 'cdn',
    emptyOutDir: true,
    sourcemap: true,
    modulePreload: false,
    rolldownOptions: {
      input: entries,
      preserveEntrySignatures: 'exports-only',
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js', minify: true },
    },
  },
});
