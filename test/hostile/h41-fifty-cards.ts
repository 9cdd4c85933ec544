import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';
import { seen } from './support/known.ts';

export const host: Host = {
  does: 'fifty elements on one page',
  engines: ['chromium'],
  why: 'time is measured where the goal was set',
  without: 'the page holds cards only',
  checks: {
    'one token is asked for, reads are batched, and the page stays responsive': async (visit) => {
      const { page } = visit;
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await visit.open();
      await visit.shows('card-49', seen.otherContact);
      await visit.shows('card-0', seen.contact);
      assert.equal(asked.filter((url) => url.includes('/hostile/token')).length, 1, 'tokens');
      const reads = asked.filter((url) => /\/v1\/contacts/.test(url));
      assert.ok(reads.length <= 2, `${reads.length} reads for the contacts of fifty cards`);
      const session = await page.context().newCDPSession(page);
      await session.send('Performance.enable');
      const { metrics } = await session.send('Performance.getMetrics');
      const busy = metrics.find(({ name }) => name === 'TaskDuration')!.value * 1_000;
      assert.ok(busy / 50 < 50, `${Math.round(busy / 50)} ms of the main thread for each`);
    },
  },
};
