import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';
import { seen } from './support/known.ts';

export const host: Host = {
  does: 'another person who sits down while answers for the one before are on their way',
  engines: ['chromium'],
  why: 'only Chromium’s driver lets one hold an answer back',
  without: 'the page is about the moment of change',
  checks: {
    'nothing of the one before is shown after the change, late answers included': async (visit) => {
      const { page } = visit;
      let who = 'ottavia';
      await page.route('**/hostile/token', (route) => route.continue({ url: visit.address('token', `as=${who}`) }));
      await visit.open();
      await visit.tab.evaluate(() => {
        const card = document.querySelector('#card')! as Element & { record: string | undefined };
        card.record = undefined;
        card.setAttribute('subject', 'me');
        document.querySelector('#history')!.setAttribute('subject', 'me');
      });
      await visit.shows('card', seen.contact);
      let letGo = (): void => {};
      const held = new Promise<void>((resolve) => (letGo = resolve));
      await page.route('**/v1/**', async (route) => {
        const answer = await route.fetch().catch(() => null);
        if (who === 'ottavia') await held;
        if (answer) await route.fulfill({ response: answer }).catch(() => {});
      });
      await visit.tab.evaluate(() => {
        document.querySelector('#history')!.setAttribute('query', '{"sort":["-subject"]}');
      });
      await page.waitForTimeout(300);
      who = 'brutus';
      await visit.tab.evaluate(() => hostile.instances[0]!.setIdentity('brutus'));
      const seenAfter: string[] = [];
      letGo();
      for (let look = 0; look < 20; look++) {
        seenAfter.push(await visit.tab.evaluate(() => `${hostile.text('card')} ${hostile.text('history')}`));
        await page.waitForTimeout(100);
      }
      await visit.shows('card', seen.otherContact);
      await visit.shows('history', 'Not for Ottavia');
      assert.ok(
        !seenAfter.slice(1).some((text) => text.includes(seen.ticket) || text.includes(seen.contact)),
        'data of the one before were seen',
      );
    },

    'what is kept on the device is apart for each': async (visit) => {
      await visit.page.route('**/hostile/token', (route) =>
        route.continue({ url: visit.address('token', 'as=ottavia') }),
      );
      await visit.open('user=ottavia');
      await visit.shows('card', seen.contact);
      await visit.until('there is a database', async () => (await indexedDB.databases()).length > 0);
      await visit.tab.evaluate(() => hostile.instances[0]!.setIdentity('brutus'));
      await visit.until('there are two databases', async () => {
        const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
        return names.some((name) => name.includes('ottavia')) && names.some((name) => name.includes('brutus'));
      });
    },
  },
};
