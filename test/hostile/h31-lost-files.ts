import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';
import { seen } from './support/known.ts';
import { pause } from './support/visit.ts';

const retried = 'an element whose code is missing says so, and works after a retry';
const offline = 'a page that starts without network says so, and works when it is back';

export const host: Host = {
  does: 'code that cannot be fetched: 404 for half of the files, or no network',
  engines: ['chromium'],
  why: 'the language and its libraries are the same in every engine',
  without: 'the page is about what is missing; when nothing is, it is a blank page',
  ownComplaints: /404|Failed to load resource|ERR_INTERNET_DISCONNECTED/,
  checks: {
    [retried]: async (visit) => {
      const server = `files-${visit.engine.name}`;
      await visit.open(`elements=/hostile/lame/${server}/elements`);
      await pause(1_500);
      assert.ok(
        await visit.tab.evaluate(() => hostile.events.some(({ code }) => code === 'load-failed')),
        'no event says load-failed',
      );
      await visit.shows('card', 'Try again');
      await visit.tab.evaluate((address) => fetch(address).then(() => {}), `/hostile/lame/${server}/mend`);
      await visit.click('card', 'button', 'Try again');
      await visit.shows('card', seen.contact);
    },
    [offline]: async (visit) => {
      await visit.page.route('**/v1/**', (route) => route.abort('internetdisconnected'));
      await visit.page.route('**/hostile/token*', (route) => route.abort('internetdisconnected'));
      await visit.open();
      await visit.shows('card', 'Try again');
      await visit.shows('form', 'Subject');
      await visit.page.unrouteAll();
      await visit.click('card', 'button', 'Try again');
      await visit.shows('card', seen.contact);
    },
  },
  only: { [offline]: ['chromium'] },
};
