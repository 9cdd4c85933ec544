import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';

export const host: Host = {
  does: 'a script that takes our script tag away before it ran',
  engines: ['chromium'],
  why: 'the language and its libraries are the same in every engine',
  without: 'without its tag there is no instance; what can be done is to say so',
  checks: {
    'the file says in the console of the page that its tag is missing, and so does diagnostics()': async (visit) => {
      await visit.open();
      await visit.until('the console says so', () => hostile.errors.some((one) => one.includes('no script tag')));
      await visit.until('the library is there', () => hostile.createCrm !== undefined);
      const { findings } = await visit.tab.evaluate(() => hostile.createCrm({ backends: '' }).diagnostics());
      assert.ok(findings.some(({ code }) => code === 'script-tag-missing'));
    },
  },
};
