import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';
import { seen } from './support/known.ts';

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
        await visit.tab.evaluate(isQuiet);
        const asked = await visit.tab.evaluate(move, way as string);
        assert.deepEqual(asked, []);
        const typed = await visit.tab.evaluate(
          () => (hostile.find('form', 'textbox', 'Subject') as HTMLInputElement | undefined)?.value,
        );
        assert.equal(typed, 'Half a sentence');
      },
    ]),
  ) satisfies NonNullable<Host['checks']>,
};

/** Runs in the page: waits until nothing was asked for a second. */
const isQuiet = async (): Promise<void> => {
  const count = (): number => performance.getEntriesByType('resource').length;
  for (let before = -1; before < count();) {
    before = count();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
};

/** Runs in the page. @returns What is asked afterwards. */
const move = async (way: string): Promise<readonly string[]> => {
  const asked = (): readonly string[] =>
    performance
      .getEntriesByType('resource')
      .flatMap(({ name }) => (/\/v1\/.*(query|aggregate|contacts)/.test(name) ? [name] : []));
  const place = document.querySelector('#elsewhere')! as Element & {
    moveBefore?: (node: Element, before: null) => void;
  };
  const before = asked().length;
  for (const id of ['card', 'history', 'form', 'board']) {
    const one = document.getElementById(id)!;
    if (way === 'moveBefore' && place.moveBefore) place.moveBefore(one, null);
    else place.append(one);
  }
  await new Promise((resolve) => setTimeout(resolve, 900));
  return asked().slice(before);
};
