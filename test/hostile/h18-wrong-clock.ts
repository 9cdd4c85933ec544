import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';
import { seen } from './support/known.ts';

const renewal = 'a token is renewed in time, by how long it lives and not by the clock';

export const host: Host = {
  does: 'a clock that is a day late',
  engines: ['chromium'],
  why: 'the language and its libraries are the same in every engine',
  checks: {
    [renewal]: async (visit) => {
      const asked: string[] = [];
      visit.page.on('request', (request) => {
        if (request.url().includes('/hostile/token')) asked.push(request.postData() ?? '');
      });
      await visit.page.route('**/hostile/token', async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ json: { ...((await answer.json()) as object), expiresIn: 3 } });
      });
      await visit.open();
      await visit.shows('card', seen.contact);
      await visit.page.waitForTimeout(4_000);
      await visit.click('history', 'button', seen.ticket);
      await visit.fill('form', 'Subject', 'After four seconds');
      await visit.click('form', 'button', 'Send');
      await visit.heard('crm-save', 'form');
      assert.ok(asked.length >= 2 && asked.length <= 6, `${asked.length} tokens in some five seconds: ${asked.join()}`);
    },
  },
  only: { [renewal]: ['chromium'] },
};
