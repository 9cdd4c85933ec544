import { defaultClientConditions, type UserConfig } from 'vite';
import { chunkGroups } from './chunk-groups.ts';
import { minifyLiterals } from './minify-literals.ts';
import { plainImports } from './plain-imports.ts';

/** How we bundle for pages, in the delivered bundle and where its size is measured. */
export const bundleSettings = {
  plugins: [minifyLiterals(), plainImports()],
  resolve: {
    conditions: ['tessera-source', ...defaultClientConditions],
    // Dexie's usual entry throws on a page that carries another version of Dexie.
    alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }],
  },
  define: { 'process.env.NODE_ENV': '"production"' },
  publicDir: false,
  build: {
    target: 'es2022',
    modulePreload: false,
    rolldownOptions: {
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
        minify: true,
        codeSplitting: { groups: chunkGroups },
      },
    },
  },
} satisfies UserConfig;
