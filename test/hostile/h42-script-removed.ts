import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';

export const host: Host = {
  does: 'a script that takes our script tag away before it ran',
  engines: ['chromium'],
  why: 'the language and its libraries are the same in every engine',
  without: 'without its tag there is no instance; what can be done is to say so',
  checks: {
    'an element that waits in vain for its instance says so in the console of the page, and by diagnostics()': async (
      visit,
    ) => {
      await visit.tab.open(visit.address());
      const said = await visit.tab.evaluate(async () => {
        await new Promise((resolve) => setTimeout(resolve, 500));
        const crm = hostile.createCrm({ backends: '' });
        return JSON.stringify(await crm.diagnostics());
      });
      assert.match(said, /script/i);
    },
  },
};
