import assert from 'node:assert/strict';
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
      const displays = await visit.tab.evaluate(() =>
        ['card', 'history', 'form', 'board'].map((id) => getComputedStyle(document.getElementById(id)!).display),
      );
      assert.ok(!displays.includes('inline'), displays.join());
    },
  },
};
