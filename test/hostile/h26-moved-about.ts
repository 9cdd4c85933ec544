import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';
import { seen } from './support/known.ts';
import { pause } from './support/visit.ts';

export const host: Host = {
  does: 'elements that are moved in the page, by `append` and by `moveBefore`',
  engines: ['chromium', 'firefox'],
  why: 'WebKitGTK is slow to drive, and is asked where its styles, policies and input have a say',
  checks: Object.fromEntries(
    (['append', 'moveBefore'] as const).map((way) => [
      `after \`${way}\` the draft is there, and nothing is asked again`,
      async (visit) => {
        await visit.open();
        await visit.shows('card', seen.contact);
        await visit.shows('history', seen.ticket);
        await visit.shows('board', seen.deal);
        await visit.fill('form', 'Subject', 'Half a sentence');
        await pause(600);
        const asked = await visit.tab.evaluate(async (how) => {
          const count = (): number =>
            performance
              .getEntriesByType('resource')
              .filter(({ name }) => /\/v1\/.*(query|aggregate|contacts)/.test(name)).length;
          const place = document.querySelector('#elsewhere')! as Element & {
            moveBefore?: (node: Element, before: null) => void;
          };
          const before = count();
          for (const id of ['card', 'history', 'form', 'board']) {
            const one = document.getElementById(id)!;
            if (how === 'moveBefore' && place.moveBefore) place.moveBefore(one, null);
            else place.append(one);
          }
          await new Promise((resolve) => setTimeout(resolve, 900));
          return count() - before;
        }, way as string);
        assert.equal(asked, 0, `${asked} more requests`);
        const typed = await visit.tab.evaluate(
          () => (hostile.find('form', 'textbox', 'Subject') as HTMLInputElement | undefined)?.value,
        );
        assert.equal(typed, 'Half a sentence');
      },
    ]),
  ) satisfies NonNullable<Host['checks']>,
};
