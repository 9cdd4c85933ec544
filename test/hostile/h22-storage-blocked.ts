import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';
import { storageOf } from './support/storage.ts';
import { seen } from './support/known.ts';

export const host: Host = {
  does: 'no IndexedDB, no storage, no locks, no channels: each throws when touched',
  engines: ['chromium', 'firefox'],
  why: 'WebKitGTK is slow to drive, and is asked where its styles, policies and input have a say',
  script: { user: 'ottavia' },
  checks: {
    'what is kept is kept in memory, and diagnostics() says so': async (visit) => {
      await visit.open();
      await visit.shows('card', seen.contact);
      assert.equal(await storageOf(visit), 'memory');
      assert.deepEqual(await visit.complaints(), []);
    },
  },
};
