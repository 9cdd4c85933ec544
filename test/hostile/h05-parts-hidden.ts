import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';

export const host: Host = {
  does: '`::part(card) { display: none !important }`',
  engines: ['chromium', 'firefox'],
  why: 'WebKitGTK is slow to drive, and is asked where its styles, policies and input have a say',
  without: { 'in-sight': 'the page took the card out of sight, as is its right', usable: 'likewise' },
  checks: {
    'a page may hide a part, and hides no more than that': async (visit) => {
      await visit.open();
      await visit.shows('card', 'Ottavia');
      const [hidden, shown] = await visit.tab.evaluate(() =>
        ['card', 'form'].map((id) => document.getElementById(id)!.getBoundingClientRect().height),
      );
      assert.equal(hidden, 0);
      assert.ok(shown! > 100);
    },
  },
};
