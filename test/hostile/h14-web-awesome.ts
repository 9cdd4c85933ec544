import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';
import { seen } from './support/known.ts';

export const host: Host = {
  does: 'Web Awesome 3 around and inside of ours, with its style sheet and a Lit of its own',
  without: { 'leaves-no-trace': 'its components have listeners of their own, and go on living' },
  checks: {
    'what lies behind a tab is read when the tab is chosen': async (visit) => {
      await visit.open();
      await visit.shows('history', seen.ticket);
      assert.equal(await visit.tab.evaluate(() => hostile.text('behind')), '');
      await visit.tab.click(await visit.middleOf('wa-tab[panel="more"]'));
      await visit.shows('behind', seen.otherContact);
      assert.deepEqual(await visit.complaints(), []);
    },
    'a form in a dialog of theirs is filled and sent': async (visit) => {
      await visit.open();
      await visit.shows('form', 'Subject');
      await visit.tab.evaluate(() => document.querySelector('#dialog')!.setAttribute('open', ''));
      const subject = `A dialog in ${visit.engine.name}`;
      await visit.fill('asked', 'Subject', subject);
      await visit.tab.press('Enter');
      const id = (await visit.heard('crm-save', 'asked')) ?? '';
      const { subject: saved } = await visit.saved('tickets', id);
      visit.forget('tickets', id);
      assert.equal(saved, subject);
      assert.ok(await visit.tab.evaluate(() => document.querySelector('#dialog')!.hasAttribute('open')));
      assert.deepEqual(await visit.complaints(), []);
    },
  },
};
