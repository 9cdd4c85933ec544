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
    'the page goes on in memory, and is told why once': async (visit) => {
      await visit.open();
      await visit.shows('card', seen.contact);
      await visit.until('an error says so', () => hostile.events.some(({ code }) => code === 'quota-exceeded'));
      assert.equal(await storageOf(visit), 'memory');
      const { events, findings } = await visit.tab.evaluate(async () => {
        const { findings: all } = await hostile.instances[0]!.diagnostics();
        return { events: hostile.events, findings: all };
      });
      assert.equal(events.filter(({ code }) => code === 'quota-exceeded').length, 1, 'once');
      assert.ok(findings.some(({ code }) => code === 'storage-full'));
    },
  },
};
