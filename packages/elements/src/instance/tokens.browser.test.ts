import type { CrmError } from '@tessera-crm/model/errors.js';
import { MemoryServer } from '@tessera-crm/client/testing/memory-server.js';
import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { createCrm, type Crm } from '../crm.ts';
import type { AuthErrorDetail } from '../frame/events.ts';
import { lateServer, type LateServer } from '../test-support/late-server.ts';
import { giulia, idOf } from '../test-support/people.ts';
import type { CrmOptions, GetToken } from './options.ts';
import { serveTokens } from './token-port.ts';
import { shadowOf } from '../test-support/inside-of.ts';

const patience = { timeout: 15_000 };

const nameIn = (card: Element): string | undefined => shadowOf(card)?.querySelector('.name')?.textContent?.trim();

const textOf = (card: Element): string => shadowOf(card)?.textContent?.replaceAll(/\s+/g, ' ') ?? '';

const secret = 'st_secret_4711';

describe('tokens of an instance', function () {
  this.timeout(30_000);

  let backend: LateServer;
  let crm: Crm;
  const heard: AuthErrorDetail[] = [];
  const hear = (event: Event): void => void heard.push((event as CustomEvent<AuthErrorDetail>).detail);

  beforeEach(() => {
    backend = lateServer(new MemoryServer());
    heard.length = 0;
    document.addEventListener('crm-auth-error', hear);
  });
  afterEach(async () => {
    document.removeEventListener('crm-auth-error', hear);
    await crm.signOut({ purge: true });
    await crm.destroy();
  });

  const open = async (getToken: CrmOptions['getToken'], options: Partial<CrmOptions> = {}): Promise<Element> => {
    crm = createCrm({
      backends: 'https://crm.example.org',
      ...(getToken && { getToken }),
      fetch: backend.fetch,
      cache: { mode: 'off' },
      ...options,
    });
    await crm.define('contact-card');
    return fixture(html`<crm-contact-card lang="en" record=${giulia.id}></crm-contact-card>`);
  };

  it('come once for many elements', async () => {
    let asked = 0;
    const getToken: GetToken = async () => ({ token: `t${++asked}`, expiresIn: 600 });
    await open(getToken);
    const cards = await fixture(html`
      <div>${Array.from({ length: 50 }, () => html`<crm-contact-card record=${giulia.id}></crm-contact-card>`)}</div>
    `);
    await waitUntil(() => [...cards.children].every((card) => nameIn(card)), 'all are shown', patience);
    expect(asked).to.equal(1);
  });

  it('are renewed on time on a page whose clock stands still at 1970', async () => {
    const real = Date.now;
    Date.now = () => 0;
    try {
      const reasons: string[] = [];
      const getToken: GetToken = async ({ reason }) => {
        reasons.push(reason);
        return { token: `t${reasons.length}`, expiresIn: 2 };
      };
      await open(getToken);
      await crm.store.list('contacts');
      expect(reasons).to.deep.equal(['initial']);
      await new Promise((resolve) => setTimeout(resolve, 1_700));
      await crm.store.list('contacts', { limit: 1 });
      await waitUntil(() => reasons.length > 1, 'in time', patience);
      expect(reasons).to.deep.equal(['initial', 'expiring']);
    } finally {
      Date.now = real;
    }
  });

  it('that cannot be had are told of once, and every element says why there is nothing', async () => {
    const getToken: GetToken = () => Promise.reject(new TypeError('Failed to fetch'));
    const card = await open(getToken);
    const others = await fixture(html`
      <div>
        ${Array.from({ length: 20 }, () => html`<crm-contact-card lang="en" record=${giulia.id}></crm-contact-card>`)}
      </div>
    `);
    await waitUntil(() => card.matches(':state(error)'), 'in time', patience);
    await waitUntil(() => [...others.children].every((one) => one.matches(':state(error)')), 'all', patience);
    await waitUntil(() => textOf(card).includes('Your access could not be renewed yet.'), 'a sentence', patience);
    expect(heard.map(({ code, backend: name }) => [code, name])).to.deep.equal([['unavailable', 'main']]);
    expect(heard[0]?.retryable).to.equal(true);
    expect(backend.seen.length).to.equal(0);
  });

  it('that come late bring the elements to life without a reload', async () => {
    let isBroken = true;
    const card = await open(async () => {
      if (isBroken) throw new Error('500');
      return { token: 't', expiresIn: 600 };
    });
    await waitUntil(() => card.matches(':state(error)'), 'in time', patience);
    isBroken = false;
    await waitUntil(() => nameIn(card) === 'Giulia Rossi', 'in time', patience);
    expect(heard.length).to.equal(1);
  });

  it('that are missing are no reason to hide what is kept, nor to lose what is written', async () => {
    let isSignedIn = true;
    const cacheReady = new Promise<void>((resolve) => {
      void open(async () => (isSignedIn ? { token: 't', expiresIn: 1 } : null), {
        identity: 'anna',
        cache: { mode: 'auto' },
        onMetric: ({ name }) => name === 'cache-ready' && resolve(),
      });
    });
    await cacheReady;
    const card = await fixture(html`<crm-contact-card lang="en" record=${giulia.id}></crm-contact-card>`);
    await waitUntil(() => nameIn(card) === 'Giulia Rossi', 'in time', patience);
    isSignedIn = false;
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await crm.store.apply([{ op: 'update', module: 'contacts', id: giulia.id, values: { jobTitle: 'CEO' } }]);
    await waitUntil(() => heard.length > 0, 'the page is told', patience);
    expect(heard[0]?.code).to.equal('auth-required');
    await waitUntil(() => card.matches(':state(offline)'), 'it is marked', patience);
    await waitUntil(() => textOf(card).includes('Sign in again'), 'it says why', patience);
    expect(nameIn(card)).to.equal('Giulia Rossi');
    const { backends } = await crm.diagnostics();
    expect(backends[0]?.offline?.pending).to.equal(1);
    isSignedIn = true;
    const isSent = async (): Promise<boolean> => (await crm.diagnostics()).backends[0]?.offline?.pending === 0;
    await waitUntil(isSent, 'it is sent', { timeout: 20_000, interval: 500 });
    expect(heard.length).to.equal(1);
  });

  it('that a server refuses for ever are asked for seldom, and told of once', async () => {
    backend.server.tokens = new Set();
    let asked = 0;
    const card = await open(async () => ({ token: `t${++asked}`, expiresIn: 600 }));
    await waitUntil(() => card.matches(':state(forbidden)'), 'in time', patience);
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    expect(asked).to.be.within(2, 5);
    expect(heard.map(({ code }) => code)).to.deep.equal(['token-rejected']);
  });

  it('come through a port for a page that may ask nobody else', async () => {
    const { port1, port2 } = new MessageChannel();
    const asked: string[] = [];
    const stop = serveTokens(port1, async ({ reason }) => {
      asked.push(reason);
      return { token: 'through the port', expiresIn: 600 };
    });
    const card = await open(port2);
    await waitUntil(() => nameIn(card) === 'Giulia Rossi', 'in time', patience);
    expect(asked).to.deep.equal(['initial']);
    expect(backend.seen[0]?.token).to.equal('through the port');
    stop();
  });

  it('are found nowhere: not in attributes, addresses, storage, events, errors or instances', async () => {
    const events: unknown[] = [];
    const dispatch = EventTarget.prototype.dispatchEvent;
    EventTarget.prototype.dispatchEvent = function (event) {
      if (event instanceof CustomEvent) events.push(event.detail);
      return dispatch.call(this, event);
    };
    try {
      const errors: CrmError[] = [];
      const metrics: unknown[] = [];
      const card = await open(async () => ({ token: secret, expiresIn: 600 }), {
        identity: 'anna',
        cache: { mode: 'auto' },
        onError: (error) => void errors.push(error),
        onMetric: (metric) => void metrics.push(metric),
      });
      await waitUntil(() => nameIn(card) === 'Giulia Rossi', 'in time', patience);
      await crm.store.get('contacts', idOf(999) as never).catch((error) => errors.push(error));
      backend.server.tokens = new Set();
      await crm.store
        .aggregate('deals', { groups: [], values: { n: 'count' } } as never)
        .catch((error) => errors.push(error));
      await waitUntil(() => heard.length > 0, 'in time', patience);
      const seen = backend.seen.map(({ url }) => url);
      const places = {
        page: document.documentElement.outerHTML + textOf(card),
        address: location.href + document.cookie + seen.join(),
        storage: JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]),
        databases: await everythingStored(),
        events: described(events),
        errors: described(errors),
        metrics: described(metrics),
        instance: described([crm, crm.store, crm.backend(), crm.settings, await crm.diagnostics()]),
        globals: described(Object.getOwnPropertySymbols(globalThis).map((name) => Reflect.get(globalThis, name))),
      };
      expect(backend.seen[0]?.token).to.equal(secret);
      for (const [place, text] of Object.entries(places)) expect(text, place).not.to.contain(secret);
      expect(errors.length).to.be.greaterThan(0);
    } finally {
      EventTarget.prototype.dispatchEvent = dispatch;
    }
  });
});

/** Whatever can be reached from the outside, without DOM nodes: properties, causes, what functions without arguments give. */
const described = (roots: readonly unknown[]): string => {
  const seen = new Set<unknown>();
  const texts: string[] = [];
  const look = (value: unknown, depth: number): void => {
    if (typeof value === 'string') texts.push(value);
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return;
    if (value instanceof Node || value === globalThis || seen.has(value) || depth > 8) return;
    seen.add(value);
    if (value instanceof Map || value instanceof Set) for (const one of value) look(one, depth + 1);
    for (const name of Reflect.ownKeys(value)) {
      const { value: held } = Object.getOwnPropertyDescriptor(value, name) ?? {};
      look(held, depth + 1);
    }
    texts.push(String(JSON.stringify(value, (_, one: unknown) => (one instanceof Node ? null : one))));
  };
  for (const root of roots) look(root, 0);
  return texts.join('\n');
};

const everythingStored = async (): Promise<string> => {
  const rows: unknown[] = [];
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await settled(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const all = database.transaction(store).objectStore(store);
      rows.push(name, store, await settled(all.getAll()), await settled(all.getAllKeys()));
    }
    database.close();
  }
  return JSON.stringify(rows);
};

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('refused'));
  });
