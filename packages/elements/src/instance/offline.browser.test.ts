import type { AnyRecord } from '@tessera-crm/model/module.js';
import { MemoryServer } from '@tessera-crm/client/testing/memory-server.js';
import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import { createCrm, type Crm } from '../crm.ts';
import type { CrmOptions } from './options.ts';
import { company, giulia } from '../test-support/people.ts';
import { shadowOf } from '../test-support/inside-of.ts';

const nameIn = (card: Element): string | undefined => shadowOf(card)?.querySelector('.name')?.textContent?.trim();

/** A request is repeated for some seconds before the server counts as lost. */
const patience = { timeout: 25_000 };

describe('an instance with an offline cache', function () {
  this.timeout(30_000);

  let isOnline: boolean;
  let server: MemoryServer;
  let crm: Crm;

  beforeEach(() => {
    isOnline = true;
    server = new MemoryServer();
    server.memory
      .fill('contacts', [giulia as unknown as AnyRecord])
      .fill('accounts', [company as unknown as AnyRecord]);
  });

  afterEach(() => crm.signOut({ purge: true }).then(() => crm.destroy()));

  /** Waits until the cache is open. */
  const open = async (options: Partial<CrmOptions> = {}): Promise<Crm> => {
    const cacheReady = Promise.withResolvers<void>();
    crm = createCrm({
      backends: 'https://crm.example.org',
      identity: 'anna',
      getToken: async () => ({ token: 'good', expiresIn: 600 }),
      fetch: async (url, init) => {
        if (!isOnline) throw new TypeError('Failed to fetch');
        return server.fetch(new Request(url, init));
      },
      onMetric: ({ name }) => name === 'cache-ready' && cacheReady.resolve(),
      ...options,
    });
    await crm.define('contact-card');
    void crm.ready;
    await cacheReady.promise;
    return crm;
  };

  const show = async (): Promise<Element> => {
    const card = await fixture(html`<crm-contact-card lang="en" record=${giulia.id}></crm-contact-card>`);
    await waitUntil(() => nameIn(card) === 'Giulia Rossi', 'the person is shown', patience);
    return card;
  };

  it('shows without network what was pinned, though nobody looked at it before', async () => {
    await open({ cache: { mode: 'auto', pins: [{ module: 'contacts' }, { module: 'accounts' }] } });
    const pinned = async (): Promise<unknown> => (await crm.diagnostics()).backends[0]?.offline?.pinned;
    await waitUntil(async () => (await pinned()) === 'whole', 'all of it is here', patience);
    await crm.destroy();
    isOnline = false;
    await open();
    await show();
  });

  it('says what is wrong with a pin, and works without', async () => {
    const told: string[] = [];
    const pins = [{ module: 'contacts', where: { nothing: 1 } }];
    await open({ cache: { mode: 'auto', pins }, onError: ({ message }) => void told.push(message) });
    await show();
    expect(told).to.deep.equal(['/where/nothing: unknown-field']);
    await crm.destroy();
    isOnline = false;
    await open();
    await show();
  });

  it('shows on a later visit without network what was there before, and says that it is old', async () => {
    await open();
    await show();
    await crm.destroy();
    isOnline = false;
    await open();
    const card = await show();
    await waitUntil(() => card.matches(':state(offline)'), 'it is marked', patience);
    const { backends } = await crm.diagnostics();
    expect(backends[0]?.offline).to.include({ isOnline: false, pending: 0, storage: 'indexeddb' });
    isOnline = true;
  });

  it('says that the server is lost while the page is open', async () => {
    await open();
    const card = await show();
    isOnline = false;
    setTimeout(() => void crm.store.list('tags').catch(() => {}));
    await oneEvent(card, 'crm-offline');
    expect(nameIn(card)).to.equal('Giulia Rossi');
    isOnline = true;
  });

  it('keeps nothing for the next person', async () => {
    await open();
    await show();
    crm.setIdentity('bruno');
    isOnline = false;
    const card = await fixture(html`<crm-contact-card lang="en" record=${giulia.id}></crm-contact-card>`);
    await waitUntil(() => card.matches(':state(error), :state(offline), :state(empty)'), 'no data', patience);
    expect(nameIn(card)).to.equal(undefined);
    isOnline = true;
  });

  it('leaves nothing on the device after a sign-out that purges', async () => {
    await open();
    await show();
    expect((await indexedDB.databases()).map(({ name }) => name).join()).to.contain('anna');
    await crm.signOut({ purge: true });
    expect((await indexedDB.databases()).map(({ name }) => name).join()).not.to.contain('anna');
  });
});
