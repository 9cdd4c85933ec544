import type { Host } from './support/host.ts';
import { strictLooks } from './support/look.ts';

const soft = 'with soft isolation elements are still blocks';

export const host: Host = {
  does: '`* { all: unset }`',
  engines: ['chromium', 'firefox'],
  why: 'WebKitGTK is slow to drive, and is asked where its styles, policies and input have a say',
  script: { isolation: 'strict' },
  ...strictLooks,
  checks: {
    ...strictLooks.checks,
    [soft]: async (visit) => {
      await visit.open('isolation=soft');
      await visit.shows('card', 'Ottavia');
      await visit.until('none is inline', () =>
        ['card', 'history', 'form', 'board'].every(
          (id) => getComputedStyle(document.getElementById(id)!).display !== 'inline',
        ),
      );
    },
  },
};
