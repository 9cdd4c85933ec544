import type { Host } from './support/host.ts';

export const host: Host = {
  does: 'htmx, which swaps pieces of HTML into the page',
  engines: ['chromium'],
  why: 'the library’s code is the same in every engine',
  without: { 'leaves-no-trace': 'htmx has listeners and globals of its own, and goes on living' },
};
