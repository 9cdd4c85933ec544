import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';

export const host: Host = {
  does: 'records full of script, `javascript:` links and characters that turn text around',
  without: 'only card and list stand on this page',
  checks: {
    'all of it is text': async (visit) => {
      await visit.open();
      await visit.shows('card', '<img src=x onerror=');
      await visit.shows('history', '<script>');
      const { ran, links, loose } = await visit.tab.evaluate(() => {
        const parts = hostile.all(document.querySelector('#widgets')!);
        const texts = parts.filter((one) =>
          [...one.childNodes].some((child) => child instanceof Text && /[\u202A-\u202E\u2066-\u2069]/.test(child.data)),
        );
        return {
          ran: hostile.pwned ?? 0,
          links: parts.filter((one) => /^javascript:/i.test(one.getAttribute('href') ?? '')).length,
          // What turns text around must be shut in: in `bdi`, or by CSS
          loose: texts.filter(
            (one) => !one.closest('bdi') && !/isolate|plaintext/.test(getComputedStyle(one).unicodeBidi),
          ).length,
        };
      });
      assert.deepEqual({ ran, links, loose }, { ran: 0, links: 0, loose: 0 });
      assert.deepEqual(await visit.complaints(), []);
    },
  },
};
