import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';
import { known, seen } from './support/known.ts';

export const host: Host = {
  does: 'a single-page app that mounts and unmounts a hundred times, also while code and data are on their way',
  engines: ['chromium'],
  why: 'only Chromium can be asked which objects are alive',
  without: 'the page begins empty, and its check mounts what it needs',
  checks: {
    'after a hundred times no element, listener or timer is alive': async (visit) => {
      await visit.open();
      await visit.tab.evaluate(mountAndUnmount, known.contact, 100);
      await visit.page.waitForTimeout(800);
      const session = await visit.page.context().newCDPSession(visit.page);
      const alive = async (tag: string): Promise<number> => {
        await session.send('HeapProfiler.collectGarbage');
        const { result } = await session.send('Runtime.evaluate', {
          expression: `customElements.get('${tag}').prototype`,
        });
        const { objects } = await session.send('Runtime.queryObjects', { prototypeObjectId: result.objectId! });
        const { result: length } = await session.send('Runtime.callFunctionOn', {
          objectId: objects.objectId!,
          // The prototype of a subclass would count, too
          functionDeclaration:
            'function () { return this.filter((one) => one instanceof HTMLElement && one.isConnected !== undefined).length }',
          returnByValue: true,
        });
        return length.value as number;
      };
      const tags = ['crm-contact-card', 'crm-record-list', 'crm-ticket-form', 'crm-pipeline-board'];
      const count = async (): Promise<readonly number[]> => {
        const counts: number[] = [];
        for (const tag of tags) counts.push(await alive(tag));
        return counts;
      };
      await visit.page.waitForTimeout(2_000);
      assert.deepEqual(await count(), [0, 0, 0, 0], tags.join());
    },

    'one more time it shows what it should': async (visit) => {
      await visit.open();
      await visit.tab.evaluate(mountAndUnmount, known.contact, 5);
      await visit.tab.evaluate((contact) => {
        const card = document.createElement('crm-contact-card');
        card.id = 'card';
        card.setAttribute('record', contact);
        document.querySelector('#widgets')!.append(card);
      }, known.contact);
      await visit.shows('card', seen.contact);
      assert.deepEqual(await visit.complaints(), []);
    },
  },
};

/** Runs in the page: a view that comes and goes, each time at another moment of its loading. */
const mountAndUnmount = async (contact: string, times: number): Promise<void> => {
  const main = document.querySelector('#widgets')!;
  for (let time = 0; time < times; time++) {
    const card = document.createElement('crm-contact-card');
    card.setAttribute('record', contact);
    const list = document.createElement('crm-record-list');
    list.setAttribute('module', 'tickets');
    main.append(card, list, document.createElement('crm-ticket-form'), document.createElement('crm-pipeline-board'));
    await new Promise((resolve) => setTimeout(resolve, time % 7 === 0 ? 120 : time % 5));
    main.replaceChildren();
  }
};
