import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';
import { seen } from './support/known.ts';
import { pause } from './support/visit.ts';

export const host: Host = {
  does: 'a translator, a dark reader and a password manager that change our DOM through open shadow roots',
  engines: ['chromium'],
  why: 'the language and its libraries are the same in every engine',
  without: {
    accessible: 'what meddlers put into our elements is theirs',
    'leaves-no-trace': 'the meddlers go on living',
    'leaves-host-alone': 'the meddlers change the host as well',
  },
  checks: {
    'we and they do not answer each other for ever': async (visit) => {
      await visit.open();
      await visit.shows('card', seen.contact);
      await pause(2_000);
      assert.ok((await visit.tab.evaluate(() => hostile['meddled'] as number)) > 50, 'the meddlers did nothing');
      await visit.until('a second goes by without a change', async () => {
        const before = hostile['meddled'];
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        return hostile['meddled'] === before;
      });
    },
    'another language still arrives': async (visit) => {
      await visit.open();
      await visit.shows('form', 'Subject');
      await pause(500);
      await visit.tab.evaluate(() => document.documentElement.setAttribute('lang', 'it'));
      await pause(500);
      assert.deepEqual(await visit.complaints(), []);
    },
  },
};
