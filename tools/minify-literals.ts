import { minifyHTMLLiterals } from 'minify-literals';
import type { Plugin } from 'vite';

/** Shrinks the `html`, `svg` and `css` literals of our own packages, and of nobody else's. */
export const minifyLiterals = (): Plugin => ({
  name: 'tessera-minify-literals',
  apply: 'build',
  transform: {
    filter: { id: /packages\/[\w-]+\/(src|dist)\/.*\.[jt]s$/, code: /\b(html|svg|css)`/ },
    async handler(code, id) {
      const result = await minifyHTMLLiterals(code, { fileName: id });
      return result ? { code: result.code, map: result.map?.toString() ?? null } : null;
    },
  },
});
