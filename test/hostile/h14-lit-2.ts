import assert from 'node:assert/strict';
import { keepsInTouch } from './support/framework.ts';
import type { Host } from './support/host.ts';
import { seen } from './support/known.ts';

export const host: Host = {
  does: 'an app in Lit 2, beside the Lit 3 inside of ours',
  engines: ['chromium', 'firefox'],
  why: 'WebKitGTK is slow to drive, and is asked where its styles, policies and input have a say',
  ...keepsInTouch,
  checks: {
    ...keepsInTouch.checks,
    'diagnostics() tells of their Lit, and finds nothing amiss': async (visit) => {
      await visit.open();
      await visit.shows('card', seen.contact);
      const { lit, findings } = await visit.tab.evaluate(async () => {
        const { lit: versions, findings: found } = await hostile.instances[0]!.diagnostics();
        return { lit: versions as readonly string[], findings: found.map(({ code }) => code) };
      });
      // As the class is numbered, one ahead of its package; ours leaves no mark on the page
      assert.deepEqual(
        lit.map((version) => version.split('.')[0]),
        ['3'],
      );
      assert.deepEqual(
        findings.filter((code) => !code.startsWith('storage-')),
        [],
      );
    },
  },
};
