import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';
import { seen } from './support/known.ts';

export const host: Host = {
  does: 'printing',
  engines: ['chromium'],
  why: 'only Chromium’s driver prints',
  without: 'the page itself is blank',
  checks: {
    'all is on paper: no skeleton, no buttons, every row and every deal': async (visit) => {
      await visit.open();
      await visit.shows('card', seen.contact);
      await visit.shows('history', seen.ticket);
      await visit.shows('board', seen.deal);
      await visit.page.emulateMedia({ media: 'print' });
      await visit.tab.evaluate(() => dispatchEvent(new Event('beforeprint')));
      await visit.page.waitForTimeout(300);
      const shown = await visit.tab.evaluate(() => {
        const parts = hostile.all(document.querySelector('#widgets')!);
        const visible = parts.filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }));
        return {
          bones: visible.filter((one) => one.matches('.bone')).length,
          send: visible.some((one) => one.matches('[part="call"], [part="write"]')),
          texts: ['history', 'board'].map((id) => hostile.text(id)),
        };
      });
      assert.equal(shown.bones, 0);
      assert.equal(shown.send, false);
      assert.match(shown.texts.join(), /The switch hums.*A lamp|A lamp.*The switch hums/s);
      for (const deal of [seen.deal, 'Lamps for the terrace', 'Emergency signs'])
        assert.ok(shown.texts[1]!.includes(deal), deal);
      const paper = await visit.page.pdf();
      assert.ok(paper.length > 5_000);
    },
  },
};
