// Shapes from Lucide, ISC licence: see LICENSE.lucide.
// Apart from the others, because they come right behind a page's first card.
import { icon } from './icon.ts';

export const iconCheck = /* @__PURE__ */ icon('M20 6 9 17l-5-5');
export const iconCopy = /* @__PURE__ */ icon(
  'M10 8h10a2 2 0 0 1 2 2v10a2 2 0 0 1 -2 2h-10a2 2 0 0 1 -2 -2v-10a2 2 0 0 1 2 -2zM4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2',
);
