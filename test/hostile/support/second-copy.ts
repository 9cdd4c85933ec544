import assert from 'node:assert/strict';
import type { Host } from './host.ts';
import { seen } from './known.ts';

/** A page with two bundles shows the elements of both. */
export const secondLives: NonNullable<Host['checks']> = {
  'the elements of the second copy live, too, under their own prefix': async (visit) => {
    await visit.open();
    await visit.shows('second', seen.contact);
    await visit.shows('card', seen.contact);
    await visit.click('second', 'button', seen.contact);
    await visit.heard('acme-open', 'second');
    assert.deepEqual(await visit.complaints(), []);
  },
};
