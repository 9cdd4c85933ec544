import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';

export const host: Host = {
  does: 'a script that takes `customElements.define` for itself',
  engines: ['chromium'],
  why: 'the language and its libraries are the same in every engine',
  without: 'no element can be registered on such a page; what can be done is to say so',
  checks: {
    'nothing breaks, and diagnostics() names the cause': async (visit) => {
      await visit.open();
      await visit.tab.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1_500)));
      assert.deepEqual(await visit.complaints(), []);
      const { findings } = await visit.tab.evaluate(() => hostile.instances[0]!.diagnostics());
      assert.match(
        findings.find(({ code }) => code === 'define-taken')?.message ?? '',
        /crm-contact-card.*customElements\.define/,
      );
    },
  },
};
