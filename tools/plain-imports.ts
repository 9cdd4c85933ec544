import type { Plugin } from 'vite';

/**
 * Lets `import()` be what it is. Vite wraps it in a helper that preloads style sheets into the page's head: we have
 * none, pages do not want anything in their head, and the helper weighs a sixth of our loader.
 */
export const plainImports = (): Plugin => ({
  name: 'tessera-plain-imports',
  enforce: 'pre',
  apply: 'build',
  load: {
    filter: { id: /vite\/preload-helper/ },
    handler: () => 'export const __vitePreload = (load) => load();',
  },
});
