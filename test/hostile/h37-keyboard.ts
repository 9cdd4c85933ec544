import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';
import { seen } from './support/known.ts';

const tree = 'the browser’s own tree names every control, across shadow roots';

export const host: Host = {
  does: 'a person without a mouse, or without a screen',
  checks: {
    'Tab reaches card, history, form and board, and Enter opens': async (visit) => {
      await visit.open();
      await visit.shows('card', seen.contact);
      await visit.shows('history', seen.ticket);
      await visit.shows('board', seen.deal);
      await visit.tab.click(await visit.middleOf('[data-canary="input"]'));
      const reached = new Set<string>();
      let hasOpened = false;
      for (let step = 0; step < 40 && reached.size < 4; step++) {
        await visit.tab.press('Tab');
        const where = await visit.tab.evaluate(() => document.activeElement?.closest('#widgets > *')?.id ?? '');
        if (where) reached.add(where);
        if (where === 'card' && !hasOpened) {
          hasOpened = true;
          await visit.tab.press('Enter');
          await visit.heard('crm-open', 'card');
        }
      }
      assert.deepEqual([...reached], ['card', 'history', 'form', 'board']);
    },
    [tree]: async (visit) => {
      await visit.open();
      await visit.shows('card', seen.contact);
      await visit.shows('history', seen.ticket);
      await visit.shows('board', seen.deal);
      const session = await visit.page.context().newCDPSession(visit.page);
      const { nodes } = await session.send('Accessibility.getFullAXTree');
      const controls = nodes.filter(
        ({ ignored, role }) =>
          !ignored && /^(button|link|textbox|searchbox|combobox|checkbox|menuitem|tab)$/.test(String(role?.value)),
      );
      assert.ok(controls.length > 10, `only ${controls.length} controls`);
      assert.deepEqual(
        controls.filter(({ name }) => !String(name?.value ?? '').trim()).map(({ role }) => role?.value),
        [],
      );
      const names = controls.map(({ name }) => String(name?.value));
      for (const name of [seen.contact, seen.ticket, 'Subject', 'Send'])
        assert.ok(
          names.some((one) => one.includes(name)),
          name,
        );
    },
  },
  only: { [tree]: ['chromium'] },
};
