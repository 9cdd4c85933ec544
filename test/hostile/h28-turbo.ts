import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';
import { seen } from './support/known.ts';
import type { Visit } from './support/visit.ts';

export const host: Host = {
  does: 'Turbo Drive, which swaps bodies, keeps copies of them, and carries permanent elements along',
  without: { 'leaves-no-trace': 'Turbo has listeners and globals of its own, and goes on living' },
  checks: {
    'a visit brings new elements, and carries a provider along with what is typed in it': async (visit) => {
      await start(visit);
      await follow(visit, 'onward', 'page=onward');
      await showsAll(visit);
      assert.deepEqual(await kept(visit), { text: 'Half a sentence', isSame: true, hasSameInstance: true });
      assert.deepEqual(await visit.complaints(), []);
    },
    'what comes back from the copies that Turbo keeps lives': async (visit) => {
      await start(visit);
      await follow(visit, 'elsewhere', 'turbo-elsewhere');
      await visit.until('the other page is there', () => document.querySelector('#nothing') !== null);
      await visit.tab.evaluate(() => history.back());
      await showsAll(visit);
      await visit.fill('form', 'Subject', `Restored in ${visit.engine.name}`);
      await visit.click('form', 'button', 'Send');
      const id = (await visit.heard('crm-save', 'form')) ?? '';
      visit.forget('tickets', id);
      assert.equal((await visit.saved('tickets', id))['subject'], `Restored in ${visit.engine.name}`);
      assert.deepEqual(await visit.complaints(), []);
    },
    'a preview from the copies is followed by the page itself, and both live': async (visit) => {
      await start(visit);
      await follow(visit, 'elsewhere', 'turbo-elsewhere');
      await visit.until('the other page is there', () => document.querySelector('#back') !== null);
      await follow(visit, 'back', 'h28-turbo');
      await showsAll(visit);
      await visit.until('the visit is over', () => !document.documentElement.hasAttribute('data-turbo-preview'));
      await showsAll(visit);
      assert.deepEqual(await visit.complaints(), []);
    },
    'nothing of what was swapped away is left behind': async (visit) => {
      await start(visit);
      const before = await listeners(visit);
      for (const page of ['onward', 'onward', 'onward']) {
        await follow(visit, page, 'page=onward');
        await showsAll(visit);
      }
      assert.deepEqual(await listeners(visit), before);
    },
  },
};

const start = async (visit: Visit): Promise<void> => {
  await visit.open();
  await showsAll(visit);
  await visit.fill('draft', 'Subject', 'Half a sentence');
  await visit.tab.evaluate(() => {
    const provider = document.querySelector('#kept')!;
    const form = document.querySelector('#draft')!;
    hostile['kept'] = { provider, crm: Reflect.get(form, 'crm') };
  });
};

const showsAll = async (visit: Visit): Promise<void> => {
  await visit.shows('card', seen.contact);
  await visit.shows('history', seen.ticket);
  await visit.shows('board', seen.deal);
  await visit.shows('form', 'Subject');
  await visit.shows('provided', seen.contact);
};

/** Presses a link of the page, which Turbo follows without loading another document. */
const follow = async (visit: Visit, link: string, address: string): Promise<void> => {
  await visit.tab.evaluate((id) => {
    hostile['document'] = 'the same';
    const visited = new Promise((resolve) => addEventListener('turbo:load', resolve, { once: true }));
    hostile['visited'] = visited;
    document.getElementById(id)!.click();
  }, link);
  await visit.tab.evaluate(() => hostile['visited'] as Promise<void>).catch(() => {});
  await visit.until('the visit has come to its page', (part) => location.href.includes(part), address);
  assert.equal(await visit.tab.evaluate(() => hostile['document']), 'the same');
};

/** Of the whole page, but for those that the suite's own scripts add with every body. */
const listeners = async (visit: Visit): Promise<readonly string[]> =>
  (await visit.tab.evaluate(() => hostile.traces().listeners))
    .filter((one) => !one.startsWith('readystatechange'))
    .toSorted();

const kept = (visit: Visit) =>
  visit.tab.evaluate(() => {
    const { provider, crm } = hostile['kept'] as { readonly provider: Element; readonly crm: unknown };
    const form = document.querySelector('#draft');
    return {
      text: (hostile.find('draft', 'textbox', 'Subject') as HTMLInputElement | undefined)?.value,
      isSame: document.querySelector('#kept') === provider,
      hasSameInstance: form !== null && Reflect.get(form, 'crm') === crm,
    };
  });
