import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';
import { seen } from './support/known.ts';
import { storageOf } from './support/storage.ts';

export const host: Host = {
  does: 'a full disk: whatever is written is refused',
  engines: ['chromium'],
  why: 'the language and its libraries are the same in every engine',
  script: { user: 'ottavia' },
  checks: {
    'the page goes on in memory': async (visit) => {
      await visit.open();
      await visit.shows('card', seen.contact);
      assert.equal(await storageOf(visit), 'memory');
    },
  },
};
