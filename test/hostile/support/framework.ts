import assert from 'node:assert/strict';
import type { Host } from './host.ts';
import { known, seen } from './known.ts';

/** A page in a framework gives objects, and hears events, in the framework's own way. */
export const keepsInTouch: Pick<Host, 'checks' | 'without'> = {
  without: { 'leaves-no-trace': 'the framework has listeners and globals of its own, and goes on living' },
  checks: {
    'objects arrive as properties, and the framework hears our events': async (visit) => {
      await visit.open();
      await visit.shows('history', seen.ticket);
      assert.ok(!(await visit.tab.evaluate(() => hostile.text('history'))).includes('Not for Ottavia'));
      await visit.shows('card', seen.contact);
      await visit.click('card', 'button', seen.contact);
      await visit.until(
        'the framework shows what it heard',
        (id) => document.querySelector('#opened')?.textContent === id,
        known.contact,
      );
    },
  },
};
