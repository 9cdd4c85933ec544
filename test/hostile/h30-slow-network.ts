import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';
import { seen } from './support/known.ts';

export const host: Host = {
  does: 'a network of 400 kbit/s with 400 ms to every answer',
  engines: ['chromium'],
  why: 'only Chromium counts layout shifts and can be slowed down',
  without: 'the contract is the same as on a blank page, only slower',
  checks: {
    'nothing on the page moves while elements load': async (visit) => {
      const session = await visit.page.context().newCDPSession(visit.page);
      await visit.page.addInitScript(() => {
        const noted = globalThis as unknown as { shift: number };
        noted.shift = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) noted.shift += entry.value;
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await session.send('Network.enable');
      await session.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: 400,
        downloadThroughput: 50_000,
        uploadThroughput: 50_000,
      });
      await visit.open();
      for (const [id, text] of [
        ['card', seen.contact],
        ['history', seen.ticket],
        ['form', 'Subject'],
        ['board', seen.deal],
      ] as const)
        await visit.shows(id, text);
      const shift = await visit.tab.evaluate(() => (globalThis as unknown as { shift: number }).shift);
      assert.equal(shift.toFixed(2), '0.00');
    },
  },
};
