import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';
import { known, seen } from './support/known.ts';

export const host: Host = {
  does: 'a page in the form that Astro prints: elements as they are, and islands in React that come to life later',
  engines: ['chromium'],
  why: 'the framework’s code is the same in every engine',
  without: { 'leaves-no-trace': 'the framework has listeners and globals of its own, and goes on living' },
  checks: {
    'an island takes over what the server printed, gives objects and hears events': async (visit) => {
      await visit.open();
      await visit.shows('card', seen.contact);
      await visit.until('the islands live', () => document.querySelector('astro-island[ssr]') === null);
      await visit.shows('history', seen.ticket);
      assert.ok(!(await visit.tab.evaluate(() => hostile.text('history'))).includes('Not for Ottavia'));
      await visit.click('card', 'button', seen.contact);
      await visit.until(
        'the island shows what it heard',
        (id) => document.querySelector('#opened')?.textContent === id,
        known.contact,
      );
      assert.deepEqual(await visit.complaints(), []);
    },
  },
};
