import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';

export const host: Host = {
  does: '`body * { display: none !important }`',
  engines: ['chromium'],
  why: 'the rules of CSS are the same in every engine, and H01 to H03 ask all of them',
  without: 'nothing can be shown on such a page; what can be done is to say so',
  checks: {
    'diagnostics() says that elements are not rendered, and nothing breaks': async (visit) => {
      await visit.open();
      await visit.until(
        'the elements are defined',
        () => document.querySelectorAll('#widgets :not(:defined)').length === 0,
      );
      const { elements } = await visit.tab.evaluate(() => hostile.instances[0]!.diagnostics());
      assert.equal(elements.length, 4);
      assert.ok(elements.every(({ isRendered }) => !isRendered));
      assert.deepEqual(await visit.complaints(), []);
    },
  },
};
