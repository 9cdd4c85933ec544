import assert from 'node:assert/strict';
import type { Site } from '../../journeys/support/site.ts';
import { beginAnew } from '../../journeys/support/world.ts';
import type { Point } from './engine.ts';
import type { Host } from './host.ts';
import { seen } from './known.ts';
import { pause, type Visit } from './visit.ts';

/** What is placed by coordinates must come where a person sees its place. */
export const overlaysAndDrags: NonNullable<Host['checks']> = {
  'a menu opens at its card, to one pixel': async (visit) => {
    await openBoard(visit);
    await visit.tab.evaluate((name) => (hostile.find('board', 'button', name) as HTMLElement).focus(), seen.deal);
    await visit.tab.press('m');
    await visit.until('a menu is open', () => hostile.find('board', 'menu', '')?.matches(':popover-open') ?? false);
    await pause(400);
    const [menu, card] = await visit.tab.evaluate((name) => {
      const edges = (element: Element): readonly number[] => {
        const { left, right, top, bottom } = element.getBoundingClientRect();
        return [left, right, top, bottom];
      };
      const opener = hostile.find('board', 'button', name)!;
      return [edges(hostile.find('board', 'menu', '')!), edges(opener.closest('.card')!)];
    }, seen.deal);
    const [left, right, top, bottom] = menu!;
    const [cardLeft, cardRight, cardTop, cardBottom] = card!;
    const isBeside = left! <= cardRight! + 24 && right! >= cardLeft! - 24;
    const isAtHeight = top! <= cardBottom! + 24 && bottom! >= cardTop! - 24;
    assert.ok(isBeside && isAtHeight, `the menu is at ${menu!.join()}, the card at ${card!.join()}`);
  },

  'a card that is dragged lands in the column below the pointer': async (visit) => {
    await openBoard(visit);
    const { card, from, columns } = await visit.tab.evaluate((name) => {
      const middle = (element: Element): Point => {
        const { left, top, width, height } = element.getBoundingClientRect();
        return { x: left + width / 2, y: top + Math.min(height / 2, 90) };
      };
      const one = hostile.find('board', 'button', name)!.closest('.card')!;
      const all = hostile
        .all(document.querySelector('#board')!.shadowRoot!)
        .filter((part) => part.matches('[part="column"]'));
      return { card: middle(one), from: all.findIndex((column) => column.contains(one)), columns: all.map(middle) };
    }, seen.deal);
    const to = columns[from + 1]!;
    const steps = [0.1, 0.4, 0.8, 1].map((share) => ({ x: card.x + (to.x - card.x) * share, y: card.y + 8 }));
    await visit.tab.drag([card, { x: card.x + 6, y: card.y + 4 }, ...steps, { x: to.x, y: card.y + 8 }]);
    await visit.until(
      'the card is in the next column',
      (name, index) => {
        const all = hostile
          .all(document.querySelector('#board')!.shadowRoot!)
          .filter((part) => part.matches('[part="column"]'));
        const one = hostile.find('board', 'button', name)?.closest('.card') ?? null;
        return all[index]?.contains(one) ?? false;
      },
      seen.deal,
      from + 1,
    );
    await putBack(visit.site);
  },
};

/** The next page shall find the card where this one found it. */
const putBack = async (site: Site): Promise<void> => {
  const { records } = await site.api<Found>('POST', 'deals/query', { where: { name: seen.deal } });
  await beginAnew(site, records[0]!.id);
};

interface Found {
  readonly records: readonly { readonly id: string }[];
}

const openBoard = async (visit: Visit): Promise<void> => {
  await visit.open();
  await visit.shows('board', seen.deal);
  await visit.control('board', 'button', seen.deal);
  await pause(300);
};
