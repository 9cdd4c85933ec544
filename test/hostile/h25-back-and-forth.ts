import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';
import { seen } from './support/known.ts';

const restored = 'the browser keeps the page, and it is in touch again when one comes back';

export const host: Host = {
  does: 'a page that is left and come back to',
  engines: ['chromium'],
  why: 'only Chromium’s driver says whether a page was kept',
  checks: {
    [restored]: async (visit) => {
      await visit.open();
      await visit.shows('card', seen.contact);
      await visit.tab.evaluate(() => {
        addEventListener('pageshow', ({ persisted }) => (hostile['persisted'] = persisted));
      });
      await visit.page.goto(visit.address('page/elsewhere.html'));
      const { records } = await visit.site.api<{ readonly records: readonly { readonly id: string }[] }>(
        'POST',
        'tickets/query',
        { where: { subject: seen.ticket } },
      );
      // Without waiting for it to load, which a page that was kept does not do
      await visit.tab.evaluate(() => void setTimeout(() => history.back()));
      await visit.page.waitForURL(visit.address(), { waitUntil: 'commit' });
      await visit.until('the page is shown again', () => 'hostile' in globalThis);
      assert.equal(await visit.tab.evaluate(() => hostile['persisted']), true);
      await visit.site.api('PATCH', `tickets/${records[0]!.id}`, { subject: `${seen.ticket} again` });
      await visit.shows('history', `${seen.ticket} again`);
      await visit.site.api('PATCH', `tickets/${records[0]!.id}`, { subject: seen.ticket });
    },
  },
  only: { [restored]: ['chromium'] },
};
