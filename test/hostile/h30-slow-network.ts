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
        const noted = globalThis as unknown as { shift: number; moved: string[] };
        Object.assign(noted, { shift: 0, moved: [] });
        new PerformanceObserver((list) => {
          for (const { value, sources } of list.getEntries() as (PerformanceEntry & LayoutShift)[]) {
            noted.shift += value;
            noted.moved.push(
              ...sources.map(({ node }) => (node instanceof Element ? node.outerHTML.slice(0, 60) : '')),
            );
          }
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
      const { shift, moved } = await visit.tab.evaluate(() => {
        const { shift: sum, moved: nodes } = globalThis as unknown as Shifts;
        return { shift: sum, moved: nodes };
      });
      assert.equal(shift.toFixed(2), '0.00', moved.join());
    },
  },
};

interface Shifts {
  readonly shift: number;
  readonly moved: readonly string[];
}

interface LayoutShift {
  readonly value: number;
  readonly sources: readonly { readonly node?: Node | null }[];
}
