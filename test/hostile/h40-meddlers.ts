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
      const before = await visit.tab.evaluate(() => hostile['meddled'] as number);
      await pause(1_500);
      const after = await visit.tab.evaluate(() => hostile['meddled'] as number);
      assert.ok(before > 50, 'the meddlers did nothing');
      assert.ok(after - before < 10, `${after - before} changes while nobody did anything`);
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
