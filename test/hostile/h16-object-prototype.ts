import type { Host } from './support/host.ts';

export const host: Host = {
  does: 'an old script that adds to `Object.prototype`, so that every `for … in` meets it',
  engines: ['chromium'],
  // The cache, too, has names to go through
  script: { user: 'ottavia' },
  why: 'the language and its libraries are the same in every engine',
  without: { accessible: 'axe itself breaks on such a page' },
};
