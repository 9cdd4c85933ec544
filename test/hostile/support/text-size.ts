import assert from 'node:assert/strict';
import type { Host } from './host.ts';
import { seen } from './known.ts';

/** Text is 0.875 of what the page has around it, and does not look at the root. */
export const textFollowsBody: NonNullable<Host['checks']> = {
  'text is seven eighths of the page’s own size, whatever the root says': async (visit) => {
    await visit.open();
    await visit.shows('form', 'Subject');
    await visit.shows('card', seen.contact);
    const { body, ours } = await visit.tab.evaluate(() => {
      const size = (element: Element): number => Number.parseFloat(getComputedStyle(element).fontSize);
      const label = hostile.all(document.querySelector('#form')!.shadowRoot!).find((one) => one.matches('label'))!;
      return { body: size(document.body), ours: [size((label.getRootNode() as ShadowRoot).host)] };
    });
    assert.deepEqual(ours, [body * 0.875]);
  },
};
