import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';
import { seen } from './support/known.ts';
import { axeFindings } from './support/probe.ts';
import type { Visit } from './support/visit.ts';

type Media = Parameters<Visit['page']['emulateMedia']>[0];

const media: Readonly<Record<string, Media>> = {
  'dark, where the page is dark, too': { colorScheme: 'dark' },
  'with forced colours': { forcedColors: 'active' },
  'with more contrast': { contrast: 'more' },
  'with less motion': { reducedMotion: 'reduce' },
};

const look =
  (wanted: Media) =>
  async (visit: Visit): Promise<void> => {
    await visit.page.emulateMedia(wanted);
    await visit.open('theme=auto');
    await visit.shows('card', seen.contact);
    await visit.shows('history', seen.ticket);
    await visit.shows('board', seen.deal);
    assert.deepEqual(await axeFindings(visit.tab), []);
    const control = await visit.control('form', 'textbox', 'Subject');
    await visit.tab.click(control);
    await visit.tab.press('Tab');
    await visit.tab.press('Shift+Tab');
    const ring = await visit.tab.evaluate(() => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(hostile.find('form', 'textbox', 'Subject')!);
      return { outline: outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth), boxShadow };
    });
    assert.ok(ring.outline >= 1 || ring.boxShadow !== 'none', 'no ring around what has the focus');
    if (wanted?.reducedMotion) {
      const moving = await visit.tab.evaluate(
        () => document.getAnimations().filter((one) => one.playState === 'running').length,
      );
      assert.equal(moving, 0);
    }
  };

export const host: Host = {
  does: 'dark, forced colours, more contrast, less motion',
  engines: ['chromium'],
  why: 'only Chromium’s driver can pretend such settings',
  without: 'the page itself is blank',
  checks: Object.fromEntries(
    Object.entries(media).map(([title, wanted]) => [`${title}: axe is content and the focus is seen`, look(wanted)]),
  ),
};
