import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';
import { seen } from './support/known.ts';
import type { Visit } from './support/visit.ts';

/** How often a page may ask for a token while it gets none, in the first six seconds. */
const most = 7;

const fails =
  (does: string) =>
  async (visit: Visit): Promise<void> => {
    const asked: number[] = [];
    visit.page.on('request', (request) => {
      if (request.url().includes('/hostile/token')) asked.push(performance.now());
    });
    await visit.open(`token=${encodeURIComponent(`/hostile/token?does=${does}`)}`);
    await visit.page.waitForTimeout(6_000);
    assert.ok(asked.length >= 1, 'nobody asked for a token');
    assert.ok(asked.length <= most, `${asked.length} questions in six seconds`);
    if (does !== 'hangs') await visit.shows('card', 'Try again');
    assert.equal((await visit.complaints()).filter((one) => !/500|401/.test(one)).join(), '');
  };

const names = {
  fails: 'when it answers 500, it is asked at most once a second, and the card says why',
  hangs: 'when it never answers, it is asked once, and the page stays whole',
  html: 'when it answers with a page to sign in at, likewise',
  nonsense: 'when its tokens are refused again and again, likewise',
  ended: 'when its tokens have ended already, likewise',
} as const;

const recovers = 'when it works again, elements go on without a reload';

export const host: Host = {
  does: 'a token address that fails: 500, silence, a page to sign in at, refused and ended tokens',
  engines: ['chromium'],
  why: 'the network is the same in every engine; only Chromium’s driver lets one count',
  without: 'a page without a token shows nothing but that',
  ownComplaints: /Failed to load resource/,
  checks: {
    ...Object.fromEntries(Object.entries(names).map(([does, title]) => [title, fails(does)])),
    [recovers]: async (visit) => {
      let isBroken = true;
      await visit.page.route('**/hostile/token', (route) =>
        isBroken ? route.fulfill({ status: 500 }) : route.continue(),
      );
      await visit.open();
      await visit.shows('card', 'Try again');
      isBroken = false;
      await visit.click('card', 'button', 'Try again');
      await visit.shows('card', seen.contact);
    },
  },
};
