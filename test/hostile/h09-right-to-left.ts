import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';
import { seen } from './support/known.ts';

export const host: Host = {
  does: '`<html dir="rtl" lang="ar">`',
  script: { isolation: 'strict' },
  checks: {
    'everything is mirrored': async (visit) => {
      await visit.open();
      await visit.shows('card', seen.contact);
      const [name, avatar] = await visit.tab.evaluate(() => {
        const parts = hostile.all(document.querySelector('#card')!.shadowRoot!);
        const left = (selector: string): number =>
          parts.find((one) => one.matches(selector))!.getBoundingClientRect().left;
        return [left('[part="name"]'), left('.avatar')];
      });
      assert.ok(avatar! > name!, `the picture is at ${avatar}, the name at ${name}`);
    },
    'another language of the page is followed while one looks': async (visit) => {
      await visit.open();
      await visit.shows('form', 'Subject');
      await visit.tab.evaluate(() => document.documentElement.setAttribute('lang', 'it'));
      await visit.shows('form', 'Oggetto');
      await visit.tab.evaluate(() => document.documentElement.setAttribute('lang', 'en'));
      await visit.shows('form', 'Subject');
    },
  },
};
