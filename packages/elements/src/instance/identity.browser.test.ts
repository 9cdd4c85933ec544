import { isCrmError, type CrmError } from '@tessera-crm/model/errors.js';
import { MemoryServer } from '@tessera-crm/client/testing/memory-server.js';
import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import { createCrm, type Crm } from '../crm.ts';
import type { IdentityDetail } from '../frame/events.ts';
import { lateServer, type LateServer } from '../test-support/late-server.ts';
import { giulia } from '../test-support/people.ts';
import type { CrmOptions } from './options.ts';
import { shadowOf } from '../test-support/inside-of.ts';

const patience = { timeout: 15_000 };

const nameIn = (card: Element): string | undefined => shadowOf(card)?.querySelector('.name')?.textContent?.trim();

const databases = async (): Promise<readonly string[]> =>
  (await indexedDB.databases()).flatMap(({ name }) => (name?.startsWith('tessera/') ? [name] : []));

describe('another identity', function () {
  this.timeout(40_000);

  let backend: LateServer;
  let crm: Crm;
  const asked: string[] = [];

  beforeEach(() => {
    backend = lateServer(new MemoryServer());
    asked.length = 0;
  });
  afterEach(async () => {
    await crm.signOut({ purge: true });
    await crm.destroy();
    // Of persons who did not sign out
    for (const name of await databases()) indexedDB.deleteDatabase(name);
  });

  /** Tokens are called after the person. @returns When the cache is open, if there is to be one. */
  const open = async (options: Partial<CrmOptions> = {}): Promise<void> => {
    let ready = (): void => {};
    const cacheReady = new Promise<void>((resolve) => (ready = resolve));
    crm = createCrm({
      backends: 'https://crm.example.org',
      identity: 'anna',
      getToken: async ({ reason }) => {
        asked.push(reason);
        return { token: `${crm.identity}-${asked.length}`, expiresIn: 600 };
      },
      fetch: backend.fetch,
      onMetric: ({ name }) => name === 'cache-ready' && ready(),
      ...options,
    });
    await crm.define('contact-card');
    void crm.ready;
    if (!options.cache) await cacheReady;
  };

  const card = (): Promise<Element> =>
    fixture(html`<crm-contact-card lang="en" record=${giulia.id}></crm-contact-card>`);

  it('breaks off requests and streams of the one before, and shows and stores nothing that comes late', async () => {
    await open();
    const shown = await card();
    await waitUntil(() => nameIn(shown) === 'Giulia Rossi', 'in time', patience);
    await waitUntil(() => backend.seen.some(({ url }) => url.includes('/sync/feed')), 'a stream is open', patience);
    const letGo = backend.hold();
    const quiet = backend.seen.length;
    const old = crm.store;
    const inFlight = old.list('contacts', { limit: 7 }).then(
      () => expect.fail('it was answered'),
      (error: CrmError) => error,
    );
    await waitUntil(() => backend.seen.slice(quiet).some(({ url }) => url.includes('query')), 'in flight', patience);
    const before = [...backend.seen];

    // Bruno may see nothing: what he sees is Anna's
    backend.server.memory.records.put('contacts', { ...(giulia as never as object), deletedAt: 'now' } as never);
    const heard = oneEvent(document, 'crm-identity-change');
    setTimeout(() => crm.setIdentity('bruno'));
    expect(((await heard) as CustomEvent<IdentityDetail>).detail.identity()).to.equal('bruno');
    expect(JSON.stringify((await heard).detail)).not.to.contain('bruno');
    expect((await inFlight).code).to.equal('aborted');
    const stream = before.findLast(({ url }) => url.includes('feed'));
    const question = before.findLast(({ url }) => url.includes('query'));
    expect([stream, question].map((one) => one?.signal?.aborted)).to.deep.equal([true, true]);

    await waitUntil(() => !nameIn(shown), 'it is gone', patience);
    letGo();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(nameIn(shown) ?? '').to.equal('');
    const after = backend.seen.slice(before.length);
    expect(after.length).to.be.greaterThan(0);
    expect(after.every(({ token }) => token?.startsWith('bruno'))).to.equal(true);
    expect(await storedIn('bruno')).not.to.contain('Giulia');
    await old.list('contacts').then(
      () => expect.fail('the old store is still served'),
      (error: unknown) => expect(isCrmError(error, 'aborted')).to.equal(true),
    );
  });

  it('gives up a question for a token that is still open', async () => {
    let signal: AbortSignal | undefined;
    let isFirst = true;
    await open({
      cache: { mode: 'off' },
      getToken: (request) => {
        asked.push(request.reason);
        if (!isFirst) return Promise.resolve({ token: 'bruno', expiresIn: 600 });
        isFirst = false;
        ({ signal } = request);
        return new Promise(() => {});
      },
    });
    const first = crm.store.list('contacts').catch((error: CrmError) => error.code);
    await waitUntil(() => signal, 'asked', patience);
    crm.setIdentity('bruno');
    expect(signal?.aborted).to.equal(true);
    expect(await first).to.equal('aborted');
    await crm.store.list('contacts');
    expect(asked).to.deep.equal(['initial', 'identity']);
  });

  it('changes nothing when it is the same', async () => {
    await open({ cache: { mode: 'off' } });
    const { store } = crm;
    crm.setIdentity('anna');
    expect(crm.store).to.equal(store);
    crm.setIdentity('anna', { tenant: 'other' });
    expect(crm.store).not.to.equal(store);
  });

  it('has a cache of its own for each backend, tenant and person', async () => {
    const backends = { crm: 'https://crm.example.org', erp: 'https://erp.example.org/' };
    await open({ backends, tenant: 'acme' });
    await crm.backend('erp')?.store.list('contacts');
    await waitUntil(async () => (await databases()).length >= 4, 'both are open', patience);
    const parts = (names: readonly string[]): readonly string[] => [
      ...new Set(names.map((name) => name.split('/').slice(2, 6).map(decodeURIComponent).join(' '))),
    ];
    expect(parts(await databases())).to.have.members([
      'crm https://crm.example.org/v1/ acme anna',
      'erp https://erp.example.org/v1/ acme anna',
    ]);
    crm.setIdentity('anna', { tenant: 'brand' });
    await crm.store.list('contacts');
    await waitUntil(async () => parts(await databases()).length === 3, 'a third', patience);
    await crm.signOut({ purge: true });
    expect(parts(await databases()).length).to.be.lessThan(3);
  });

  it('leaves nothing of a person who signs out before anything was opened again', async () => {
    await open();
    const shown = await card();
    await waitUntil(() => nameIn(shown), 'in time', patience);
    await crm.destroy();
    const outbox = (await databases()).find((name) => name.endsWith('/anna/outbox'))!;
    const unsent = outbox.replace(/outbox$/, 'unsent/0123456789abcdef/1');
    const ofOthers = unsent.replace('/anna/', '/annabel/');
    // one that was given up: nobody has to be asked about it
    const text = JSON.stringify({ at: '2026-06-15T09:00:00Z', changes: [], patches: [] });
    const item = { n: 1, key: 'key', text, isSealed: false, client: '0123456789abcdef', mid: 1, isEmptied: true };
    for (const name of [unsent, ofOthers]) localStorage.setItem(name, JSON.stringify(item));
    crm = createCrm({ backends: 'https://crm.example.org', identity: 'anna', fetch: backend.fetch });
    await crm.signOut({ purge: true });
    expect((await databases()).join()).not.to.contain('/anna/');
    expect(Object.keys(localStorage)).to.deep.equal([ofOthers]);
    localStorage.removeItem(ofOthers);
  });

  it('closes a cache that opens while the person leaves', async () => {
    await open({ cache: { mode: 'off' } });
    crm.update({ cache: { mode: 'auto' } });
    const opening = crm.store.list('contacts').catch((error: CrmError) => error.code);
    await crm.signOut({ purge: true });
    await opening;
    expect((await databases()).join()).not.to.contain('anna');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect((await databases()).join()).not.to.contain('anna');
  });
});

const storedIn = async (identity: string): Promise<string> => {
  const rows: unknown[] = [];
  for (const name of (await databases()).filter((one) => one.includes(`/${identity}/`))) {
    const database = await settled(indexedDB.open(name));
    for (const store of database.objectStoreNames)
      rows.push(await settled(database.transaction(store).objectStore(store).getAll()));
    database.close();
  }
  return JSON.stringify(rows);
};

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('refused'));
  });
