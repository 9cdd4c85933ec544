import type { Host } from './support/host.ts';
import { seen } from './support/known.ts';
import { storageOf } from './support/storage.ts';
import { pause } from './support/visit.ts';

export const host: Host = {
  does: 'databases that are deleted while the page is open',
  engines: ['chromium', 'firefox'],
  why: 'WebKitGTK is slow to drive, and is asked where its styles, policies and input have a say',
  script: { user: 'ottavia' },
  checks: {
    'reading and writing go on, and nothing typed is lost': async (visit) => {
      await visit.open();
      await visit.shows('card', seen.contact);
      await storageOf(visit);
      await visit.tab.evaluate(async () => {
        for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name!);
      });
      await pause(500);
      await visit.fill('form', 'Subject', 'After the database went');
      await visit.click('form', 'button', 'Send');
      await visit.saved('tickets', (await visit.heard('crm-save', 'form')) ?? '');
    },
  },
};
