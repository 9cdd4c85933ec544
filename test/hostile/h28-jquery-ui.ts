import assert from 'node:assert/strict';
import { calmDown, questionsOf, subjectOf } from './support/drafts.ts';
import type { Host } from './support/host.ts';
import { seen } from './support/known.ts';
import { pause } from './support/visit.ts';

export const host: Host = {
  does: 'jQuery UI: panels that are sorted and dragged, and a modal dialog',
  without: { 'leaves-no-trace': 'jQuery has listeners and globals of its own, and goes on living' },
  checks: {
    'a panel that is sorted keeps its draft, and asks for nothing again': async (visit) => {
      await visit.open();
      await visit.shows('card', seen.contact);
      await visit.shows('history', seen.ticket);
      await visit.shows('board', seen.deal);
      await visit.fill('form', 'Subject', 'Half a sentence');
      await calmDown(visit);
      const asked = await questionsOf(visit);
      await visit.tab.evaluate(() => document.querySelector('#person')!.scrollIntoView());
      const { x, y } = await visit.middleOf('#person .handle');
      const below = await visit.middleOf('#question .handle');
      const steps = [0.2, 0.5, 0.8, 1].map((share) => ({ x, y: y + (below.y + 60 - y) * share }));
      await visit.tab.drag([{ x, y }, { x, y: y + 8 }, ...steps, steps.at(-1)!]);
      await pause(900);
      const order = await visit.tab.evaluate(() =>
        [...document.querySelectorAll('#widgets > section')].map(({ id }) => id),
      );
      assert.ok(order.indexOf('person') > 0, order.join());
      assert.deepEqual(await questionsOf(visit), asked);
      await visit.shows('card', seen.contact);
      assert.equal(await subjectOf(visit), 'Half a sentence');
      assert.deepEqual(await visit.complaints(), []);
    },
    'a click into a field of a form that can be dragged goes to the field': async (visit) => {
      await visit.open();
      await visit.until('what waits for a quiet moment is there', () =>
        performance.getEntriesByType('resource').some(({ name }) => name.includes('/follow-content-')),
      );
      await calmDown(visit);
      await visit.fill('noted', 'Subject', 'Typed on the move');
      await visit.tab.press('Enter');
      const id = (await visit.heard('crm-save', 'noted')) ?? '';
      visit.forget('tickets', id);
      assert.equal((await visit.saved('tickets', id))['subject'], 'Typed on the move');
    },
    'a form in a modal dialog is reached by the keyboard, filled and sent': async (visit) => {
      await visit.open();
      await visit.shows('form', 'Subject');
      await visit.tab.evaluate(() => {
        const { $ } = globalThis as unknown as { readonly $: (which: string) => { dialog(action: string): void } };
        $('#dialog').dialog('open');
      });
      await visit.shows('asked', 'Subject');
      await visit.tab.evaluate(() => document.querySelector<HTMLElement>('.ui-dialog-titlebar-close')!.focus());
      await visit.tab.press('Tab');
      await visit.tab.type('By keys alone');
      await visit.tab.press('Enter');
      const id = (await visit.heard('crm-save', 'asked')) ?? '';
      visit.forget('tickets', id);
      assert.equal((await visit.saved('tickets', id))['subject'], 'By keys alone');
      assert.deepEqual(await visit.complaints(), []);
    },
  },
};
