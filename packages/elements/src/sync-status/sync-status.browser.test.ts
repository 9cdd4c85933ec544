import { create } from '@tessera-crm/model/change.js';
import { CrmError } from '@tessera-crm/model/errors.js';
import type { OutgoingFile } from '@tessera-crm/model/outgoing-file.js';
import type { Store } from '@tessera-crm/model/store.js';
import { createCache, type Cache } from '@tessera-crm/cache';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { Conflicts } from '../conflicts/conflicts.ts';
import { until } from '../test-support/board-page.ts';
import { testInstance, type TestInstance } from '../test-support/instance.ts';
import { dealStore, registry, sampleId } from '../test-support/sample-deals.ts';
import { refusalSamples } from '../test-support/sample-refusals.ts';
import { switchStore, type SwitchStore } from '../test-support/switch-store.ts';
import { withOutgoing } from '../test-support/with-outgoing.ts';
import { SyncStatus } from './sync-status.ts';

SyncStatus.define();
Conflicts.define();

const textIn = (element: Element, selector = '.status'): string =>
  (element.shadowRoot!.querySelector<HTMLElement>(selector)?.innerText ?? '').replaceAll(/\s+/g, ' ').trim();

const part = (element: Element, name: string): HTMLElement | null =>
  element.shadowRoot!.querySelector<HTMLElement>(`[part="${name}"]`);

describe('the sync status', () => {
  let crm: TestInstance | undefined;
  let cache: Cache | undefined;
  let remote: SwitchStore;

  afterEach(async () => {
    crm?.remove();
    await cache?.close();
    cache = undefined;
  });

  const show = async (store: Store, template = html`<crm-sync-status lang="en"></crm-sync-status>`) => {
    crm = testInstance({ store, registry });
    const element = await fixture<SyncStatus>(template);
    await until(() => element.viewState !== 'loading', 'it is known');
    await element.updateComplete;
    return element;
  };

  const openCache = async (): Promise<Cache> => {
    remote = switchStore(dealStore(3));
    const identity = { type: 'user', id: sampleId(9, 1), admin: true } as const;
    return (cache = await createCache({
      remote,
      name: crypto.randomUUID(),
      registry,
      identity,
      indexedDB: null,
      locks: null,
    }));
  };

  const addAccount = (store: Store, number: number) =>
    store.apply([create('accounts', sampleId(3, 90 + number) as never, { name: `Neri ${number}` })]);

  it('says little where everything is saved, and nothing where it is to be quiet', async () => {
    const element = await show(withOutgoing(dealStore(1), {}));
    expect(textIn(element)).to.equal('All changes saved');
    await expect(element).to.be.accessible();
    element.quiet = true;
    await element.updateComplete;
    expect(textIn(element)).to.equal('');
    expect(element.getBoundingClientRect().height).to.equal(0);
  });

  it('says honestly where nothing ever waits', async () => {
    const element = await show(dealStore(1));
    expect(textIn(element)).to.equal('Changes are saved at once; nothing waits on this device');
  });

  it('says how many changes wait and since when, and sends them when somebody tries', async () => {
    const store = await openCache();
    const element = await show(store);
    remote.fail(new CrmError('network', 'No network.'));
    await addAccount(store, 1);
    await addAccount(store, 2);
    await store.flush();
    await until(() => /Offline · 2 changes wait, the oldest since \d/.test(textIn(element)), 'it is told');
    expect(element.matches(':state(ready)')).to.equal(true);
    await expect(element).to.be.accessible();
    part(element, 'retry')!.click();
    await until(() => /The server was not reached/.test(textIn(element)), 'it is told that it failed');
    remote.fail(null);
    part(element, 'retry')!.click();
    await until(() => textIn(element) === 'All changes saved', 'all is sent');
    expect(store.outgoing.waiting()).to.deep.equal([]);
  });

  it('shows by keyboard what waits, with names, fields and times', async () => {
    const store = await openCache();
    const element = await show(store);
    remote.fail(new CrmError('network', 'No network.'));
    await addAccount(store, 1);
    await until(() => part(element, 'toggle'), 'there is something to show');
    part(element, 'toggle')!.focus();
    await sendKeys({ press: 'Enter' });
    await until(() => /Neri 1/.test(textIn(element, '.waiting')), 'the list is there');
    expect(textIn(element, '.waiting')).to.match(/^Neri 1 Account · New \d/);
    expect(part(element, 'toggle')!.getAttribute('aria-expanded')).to.equal('true');
    await expect(element).to.be.accessible();
  });

  it('saves all that is unsent or refused as a file that people can read', async () => {
    const element = await show(
      withOutgoing(dealStore(1), {
        entries: [{ n: 1, at: '2026-06-15T09:00:00Z', changes: refusalSamples[0]!.changes }],
        refused: refusalSamples,
        state: { online: false },
      }),
    );
    const saved = new Promise<HTMLAnchorElement>((resolve) => {
      const { click } = HTMLAnchorElement.prototype;
      HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
        HTMLAnchorElement.prototype.click = click;
        resolve(this);
      };
    });
    part(element, 'export')!.click();
    const { href, download } = await saved;
    const text = await (await fetch(href)).text();
    const file = JSON.parse(text) as OutgoingFile;
    expect([file.format, file.version, file.waiting.length, file.refused.length]).to.deep.equal([
      'tessera-unsent',
      1,
      1,
      refusalSamples.length,
    ]);
    expect(text.split('\n').length).to.be.above(20);
    expect(download).to.match(/^crm-unsent-2026-06-15-10-00\.json$/);
    await until(() => textIn(element).includes(download), 'it says how the file is called');
  });

  it('asks for a look at what was refused, and leads to the inbox of the page unless that is prevented', async () => {
    const store = withOutgoing(dealStore(3), { refused: refusalSamples.slice(0, 2) });
    const element = await show(store);
    const inbox = await fixture<Conflicts>(html`<crm-conflicts lang="en"></crm-conflicts>`);
    await until(() => inbox.viewState === 'ready', 'the inbox is there');
    expect(textIn(element)).to.match(/^2 changes were refused/);
    document.addEventListener('crm-review', (event) => event.preventDefault(), { once: true });
    part(element, 'review')!.click();
    expect(document.activeElement).not.to.equal(inbox);
    const heard = oneEvent(document, 'crm-review');
    setTimeout(() => part(element, 'review')!.click());
    expect(((await heard) as CustomEvent).detail).to.deep.equal({ count: 2 });
    expect(document.activeElement).to.equal(inbox);
    expect(inbox.shadowRoot!.activeElement?.textContent?.trim()).to.equal('Changes that were refused');
  });

  for (const [code, text] of [
    ['quota-exceeded', /The storage of this device is full/],
    ['storage-unavailable', /The storage of this device cannot be used/],
  ] as const)
    it(`says that nothing is kept where storage is gone: ${code}`, async () => {
      const trouble = { code, message: 'No.' };
      const element = await show(withOutgoing(dealStore(1), { state: { storage: 'memory', trouble } }));
      expect(textIn(element)).to.match(text);
      await expect(element).to.be.accessible();
    });

  it('says of unsent changes that no database takes that they are not safely stored, and offers to save them', async () => {
    const trouble = { code: 'quota-exceeded', message: 'No.' } as const;
    const entries = [{ n: 1, at: '2026-06-15T09:00:00Z', changes: [] }];
    const state = { storage: 'localstorage', trouble } as const;
    for (const [lang, text] of [
      ['en', /What is unsent is not safely stored/],
      ['it', /Ciò che non è inviato non è conservato in modo sicuro/],
    ] as const) {
      const template = html`<crm-sync-status lang=${lang}></crm-sync-status>`;
      const element = await show(withOutgoing(dealStore(1), { state, entries }), template);
      await until(() => text.test(textIn(element)), 'it says so');
      expect(part(element, 'export')).not.to.equal(null);
      await expect(element).to.be.accessible();
      crm?.remove();
    }
  });

  it('speaks Italian', async () => {
    const entries = [{ n: 1, at: '2026-06-15T09:00:00Z', changes: [] }];
    const element = await show(
      withOutgoing(dealStore(1), { state: { online: false }, entries }),
      html`<crm-sync-status lang="it"></crm-sync-status>`,
    );
    expect(textIn(element)).to.match(/^Offline · 1 modifica in attesa/);
  });
});
