import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';
import { known, seen } from './support/known.ts';

export const host: Host = {
  does: 'a modal dialog around us, a focus trap, a wall of the highest z-index',
  engines: ['chromium', 'firefox'],
  why: 'WebKitGTK is slow to drive, and is asked where its styles, policies and input have a say',
  without: 'only card and form stand in the dialog',
  checks: {
    'controls in the dialog work, and the trap leaves the focus where it is': async (visit) => {
      await visit.open();
      await visit.shows('card', seen.contact);
      await visit.click('card', 'button', seen.contact);
      assert.equal(await visit.heard('crm-open', 'card'), known.contact);
      await visit.fill('form', 'Subject', 'From inside');
      const typed = await visit.tab.evaluate(
        () => (hostile.find('form', 'textbox', 'Subject') as HTMLInputElement).value,
      );
      assert.equal(typed, 'From inside');
      assert.deepEqual(await visit.complaints(), []);
    },
    'an `inert` page keeps us still, and lets us go again': async (visit) => {
      await visit.open();
      await visit.shows('form', 'Subject');
      const found = await visit.control('form', 'textbox', 'Subject');
      await visit.tab.evaluate(() => document.querySelector('#dialog')!.setAttribute('inert', ''));
      await visit.tab.click(found);
      await visit.tab.type('nobody hears this');
      await visit.tab.evaluate(() => document.querySelector('#dialog')!.removeAttribute('inert'));
      await visit.fill('form', 'Subject', 'Heard');
      const typed = await visit.tab.evaluate(
        () => (hostile.find('form', 'textbox', 'Subject') as HTMLInputElement).value,
      );
      assert.equal(typed, 'Heard');
    },
  },
};
