import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';
import { seen } from './support/known.ts';

export const host: Host = {
  does: 'nothing: it wants its page back as it was',
  checks: {
    'head, body, sheets and globals are as before while elements are there, too': async (visit) => {
      await visit.open();
      await visit.shows('card', seen.contact);
      await visit.shows('board', seen.deal);
      const [before, now] = await visit.tab.evaluate(() => [hostile.before.traces, hostile.traces()]);
      assert.deepEqual([now!.head, now!.body, now!.attributes], [before!.head, before!.body, before!.attributes]);
    },
  },
};
