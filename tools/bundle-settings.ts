import { fileURLToPath } from 'node:url';
import { defaultClientConditions, type UserConfig } from 'vite';
import { chunkGroups } from './chunk-groups.ts';
import { librariesInBundles } from './libraries-in-bundles.ts';
import { minifyLiterals } from './minify-literals.ts';

/** How we bundle for pages, in the delivered bundle and where its size is measured. */
export const bundleSettings = {
  plugins: [librariesInBundles(), minifyLiterals()],
  resolve: {
    conditions: ['tessera-source', ...defaultClientConditions],
    alias: [
      // Only Lit names a file so: ours end in `.ts`.
      { find: /^\.\/css-tag\.js$/, replacement: fileURLToPath(new URL('css-tag.ts', import.meta.url)) },
    ],
  },
  define: { 'process.env.NODE_ENV': '"production"' },
  publicDir: false,
  build: {
    target: 'es2022',
    modulePreload: false,
    // Leaves `import()` as it is: for applications it is wrapped in a helper that preloads style sheets
    lib: { entry: 'given-as-input', formats: ['es'] },
    rolldownOptions: {
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
        minify: true,
        comments: { annotation: false },
        codeSplitting: { groups: chunkGroups },
      },
    },
  },
} satisfies UserConfig;
