import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';
import { seen } from './support/known.ts';
import type { Visit } from './support/visit.ts';

const widths = { '320 px': 320, '640 px, as 1280 at 200 %': 640 } as const;

const fits =
  (width: number) =>
  async (visit: Visit): Promise<void> => {
    await visit.page.setViewportSize({ width, height: 800 });
    await visit.open();
    await visit.shows('card', seen.contact);
    await visit.shows('history', seen.ticket);
    await visit.shows('board', seen.deal);
    const wide = await visit.tab.evaluate(() => ({
      page: document.documentElement.scrollWidth,
      window: innerWidth,
      ours: ['card', 'history', 'form'].map((id) => {
        const { scrollWidth, clientWidth } = document.getElementById(id)!;
        return `${id} ${scrollWidth - clientWidth}`;
      }),
    }));
    assert.ok(wide.page <= wide.window, `the page is ${wide.page} wide in a window of ${wide.window}`);
    assert.deepEqual(wide.ours, ['card 0', 'history 0', 'form 0']);
  };

export const host: Host = {
  does: 'a window of 320 px, or a page at 200 and 400 %',
  engines: ['chromium'],
  why: 'other drivers cannot make a window this narrow',
  without: 'the page itself is blank',
  checks: {
    ...Object.fromEntries(
      Object.entries(widths).map(([title, width]) => [`at ${title} nothing scrolls sideways`, fits(width)]),
    ),
    'an element in a narrow column of a wide page is narrow as well': async (visit) => {
      await visit.open();
      await visit.tab.evaluate(() =>
        document.querySelector<HTMLElement>('#widgets')!.style.setProperty('width', '300px'),
      );
      await visit.shows('history', seen.ticket);
      const { cards, over } = await visit.tab.evaluate(() => {
        const parts = hostile.all(document.querySelector('#history')!.shadowRoot!);
        const { scrollWidth, clientWidth } = document.querySelector('#history')!;
        return { cards: parts.filter((one) => one.matches('[part="cards"]')).length, over: scrollWidth - clientWidth };
      });
      assert.equal(`${cards} ${over}`, '1 0');
    },
  },
};
