import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';

export const host: Host = {
  does: 'jQuery’s `serialize()` over a form around ours',
  engines: ['chromium', 'firefox'],
  why: 'WebKitGTK is slow to drive, and is asked where its styles, policies and input have a say',
  without: 'only a form stands on this page',
  checks: {
    'serialize() and FormData both have the value, and have it once': async (visit) => {
      await visit.open();
      await visit.shows('form', 'Subject');
      await visit.fill('form', 'Subject', 'The lamp & the switch');
      const [serialized, entries] = await visit.tab.evaluate(async () => {
        await new Promise((resolve) => setTimeout(resolve, 300));
        const { jQuery } = globalThis as unknown as { jQuery: (what: string) => { serialize(): string } };
        const data = [...new FormData(document.querySelector<HTMLFormElement>('#around')!)].map(([name, value]) => [
          name,
          typeof value === 'string' ? value : value.name,
        ]);
        return [jQuery('#around').serialize(), data] as const;
      });
      const read = new URLSearchParams(serialized);
      assert.equal(read.get('own'), '1');
      assert.equal(read.get('ticket[subject]'), 'The lamp & the switch');
      assert.deepEqual(read.getAll('ticket').length, 1);
      assert.deepEqual(entries, [...read]);
    },
  },
};
