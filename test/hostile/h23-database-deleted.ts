import type { Host } from './support/host.ts';
import { seen } from './support/known.ts';
import { storageOf } from './support/storage.ts';
import { pause } from './support/visit.ts';

export const host: Host = {
  does: 'databases that are deleted while the page is open',
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
      const id = await visit.heard('crm-save', 'form');
      for (let tries = 0; ; tries++) {
        const saved = await visit.site.api('GET', `tickets/${id}`).catch((error: unknown) => error as Error);
        if (!(saved instanceof Error)) break;
        if (tries > 60) throw saved;
        await pause(100);
      }
    },
  },
};
