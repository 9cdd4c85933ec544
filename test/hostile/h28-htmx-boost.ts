import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';
import { seen } from './support/known.ts';
import type { Visit } from './support/visit.ts';

export const host: Host = {
  does: 'htmx with `hx-boost`, which swaps what is in the body when a link is followed or history goes back',
  engines: ['chromium', 'firefox'],
  why: 'WebKitGTK is slow to drive, and is asked where its styles, policies and input have a say',
  without: { 'leaves-no-trace': 'htmx has listeners and globals of its own, and goes on living' },
  checks: {
    'elements live after a visit and after a way back, and those before them are gone': async (visit) => {
      await visit.open();
      await showsAll(visit);
      await follow(visit, 'onward');
      await visit.until('the visit has come to its page', () => location.search === '?page=onward');
      await showsAll(visit);
      await follow(visit, 'elsewhere');
      await visit.until('the other page is there', () => document.body.innerText.includes('Another page of the host'));
      await visit.tab.evaluate(() => history.back());
      await showsAll(visit);
      assert.equal(await visit.tab.evaluate(() => hostile['document']), 'the same');
      const left = await visit.tab.evaluate(() =>
        hostile.traces().listeners.filter((one) => !one.startsWith('readystatechange')),
      );
      assert.ok(left.length < 60, left.join());
      assert.deepEqual(await visit.complaints(), []);
    },
  },
};

const showsAll = async (visit: Visit): Promise<void> => {
  await visit.shows('card', seen.contact);
  await visit.shows('history', seen.ticket);
  await visit.shows('board', seen.deal);
  await visit.shows('form', 'Subject');
  await visit.shows('provided', seen.contact);
};

/** Presses a link of the page, which htmx follows without loading another document. */
const follow = (visit: Visit, link: string): Promise<void> =>
  visit.tab.evaluate((id) => {
    hostile['document'] = 'the same';
    document.getElementById(id)!.click();
  }, link);
