import type { AnyRecord } from '@tessera-crm/model/module.js';
import { MemoryServer } from '@tessera-crm/client/testing/memory-server.js';
import { expect, waitUntil } from '@open-wc/testing';
import { createCrm, type Crm } from '../crm.ts';
import { giulia } from '../test-support/people.ts';
import type { CrmOptions } from './options.ts';

const patience = { timeout: 25_000 };

/** Whether the browser would ask before the page is left. */
const isAsked = (): boolean => !dispatchEvent(new Event('beforeunload', { cancelable: true }));

describe('leaving a page with unsent work', function () {
  this.timeout(30_000);

  let isOnline: boolean;
  let crm: Crm;

  const open = async (cache: NonNullable<CrmOptions['cache']>): Promise<void> => {
    isOnline = true;
    const server = new MemoryServer();
    server.memory.fill('contacts', [giulia as unknown as AnyRecord]);
    const ready = Promise.withResolvers<void>();
    crm = createCrm({
      backends: 'https://crm.example.org',
      identity: 'anna',
      cache,
      getToken: async () => ({ token: 'good', expiresIn: 600 }),
      fetch: async (url, init) => {
        if (!isOnline) throw new TypeError('Failed to fetch');
        return server.fetch(new Request(url, init));
      },
      onMetric: ({ name }) => name === 'cache-ready' && ready.resolve(),
    });
    void crm.ready;
    await ready.promise;
  };

  const change = async (): Promise<void> => {
    await crm.store.get('contacts', giulia.id as never);
    isOnline = false;
    await crm.store.apply([{ op: 'update', module: 'contacts', id: giulia.id, values: { jobTitle: 'Chief' } }]);
  };

  it('is asked about where the work is in memory only, until it is sent', async () => {
    await open({ mode: 'memory' });
    expect(isAsked()).to.equal(false);
    await change();
    await waitUntil(isAsked, 'the browser asks', patience);
    isOnline = true;
    dispatchEvent(new Event('online'));
    await waitUntil(() => !isAsked(), 'it is sent', patience);
    await crm.destroy();
  });

  it('is never asked about where the device keeps it', async () => {
    await open({ mode: 'auto' });
    await change();
    const offline = await crm.backend()!.offline!;
    expect(offline!.outgoing!.waiting()).to.have.length(1);
    expect(isAsked()).to.equal(false);
    await crm.signOut({ purge: true, unsent: 'discard' });
    await crm.destroy();
  });

  describe('that no database takes', () => {
    const { put, add } = IDBObjectStore.prototype;
    const { setItem } = Storage.prototype;
    const refuse = (): never => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
    };
    afterEach(async () => {
      Object.assign(IDBObjectStore.prototype, { put, add });
      Storage.prototype.setItem = setItem;
      await crm.signOut({ purge: true, unsent: 'discard' });
      await crm.destroy();
    });

    const changeWithoutRoom = async (): Promise<string> => {
      await open({ mode: 'auto' });
      await crm.store.get('contacts', giulia.id as never);
      Object.assign(IDBObjectStore.prototype, { put: refuse, add: refuse });
      await change();
      const offline = await crm.backend()!.offline!;
      expect(offline!.outgoing!.waiting()).to.have.length(1);
      return offline!.outgoing!.state.storage;
    };

    it('is not asked about where localStorage does', async () => {
      expect(await changeWithoutRoom()).to.equal('localstorage');
      expect(isAsked()).to.equal(false);
      const names = Object.keys(localStorage).filter((name) => name.includes('/anna/unsent/'));
      expect(names).to.have.length(1);
      await crm.signOut({ purge: true, unsent: 'discard' });
      expect(Object.keys(localStorage)).not.to.include(names[0]);
    });

    it('is asked about where localStorage does not, either', async () => {
      Storage.prototype.setItem = refuse;
      expect(await changeWithoutRoom()).to.equal('memory');
      await waitUntil(isAsked, 'the browser asks', patience);
    });
  });

  it('is asked about no more when the instance is destroyed', async () => {
    await open({ mode: 'memory' });
    await change();
    await waitUntil(isAsked, 'the browser asks', patience);
    await crm.destroy();
    expect(isAsked()).to.equal(false);
  });
});
