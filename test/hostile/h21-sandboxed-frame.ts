import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';
import { seen } from './support/known.ts';
import { storageOf } from './support/storage.ts';

export const host: Host = {
  does: '`<iframe sandbox="allow-scripts">`, in a page that gives it tokens through a MessagePort',
  isFramed: true,
  checks: {
    'it lives in a frame without origin and forms, and keeps nothing': async (visit) => {
      await visit.open();
      await visit.shows('card', seen.contact);
      assert.deepEqual(await visit.tab.evaluate(() => [origin, parent === self]), ['null', false]);
      assert.equal(await storageOf(visit), 'none');
    },
  },
};
