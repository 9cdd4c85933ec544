import type { Host } from './support/host.ts';

export const host: Host = {
  does: 'an old library whose lists and texts have a `toJSON` of their own',
  engines: ['chromium', 'firefox'],
  why: 'the driver of WebKit speaks JSON inside of the page, and breaks by itself',
  without: { accessible: 'axe itself is written in JSON’s own words, and breaks on such a page' },
};
