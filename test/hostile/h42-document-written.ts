import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';
import { known, seen } from './support/known.ts';

export const host: Host = {
  does: '`document.write` over the finished page',
  engines: ['chromium', 'firefox'],
  why: 'WebKit’s driver loses a page that is written anew',
  without: 'the page is the blank one until it is written anew',
  checks: {
    'elements that are written into the page live': async (visit) => {
      await visit.open();
      await visit.shows('card', seen.contact);
      await visit.tab.evaluate((contact) => {
        document.open();
        document.write(
          `<!doctype html><title>Anew</title><crm-contact-card id="card" record="${contact}"></crm-contact-card>`,
        );
        document.close();
      }, known.contact);
      await visit.shows('card', seen.contact);
      assert.deepEqual(await visit.complaints(), []);
    },
  },
};
