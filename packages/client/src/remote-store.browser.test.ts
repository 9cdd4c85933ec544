import type { CrmError } from '@tessera-crm/model/errors.js';
import { names } from '@tessera-crm/model/testing/store-kit.js';
import { describeStore } from '@tessera-crm/model/testing/store-suite.js';
import { aTimeout, expect } from '@open-wc/testing';
import { RemoteStore } from './remote-store.ts';
import { MemoryServer } from './testing/memory-server.ts';

/** A page whose fetch is wrapped: addresses as text only, answers that are no responses. */
const connected = () => {
  const server = new MemoryServer();
  const network = { isUp: true };
  const store = new RemoteStore({
    url: '',
    token: 'key',
    retry: { limit: 0 },
    fetch: async (url, init) => {
      if (!network.isUp || typeof url !== 'string') throw new TypeError('wrapped');
      const response = await server.fetch(new Request(url, init));
      const { ok, status, body } = response;
      return { ok, status, body, headers: { get: (name) => response.headers.get(name) }, text: () => response.text() };
    },
  });
  return { server, network, store };
};

const until = async (wanted: () => boolean): Promise<void> => {
  while (!wanted()) await aTimeout(2);
};

describeStore(
  { describe, it },
  {
    name: 'RemoteStore in a browser',
    open: async () => {
      const { store } = connected();
      return { store, close: async () => store.close() };
    },
  },
);

describe('RemoteStore in a browser', () => {
  it('comes back as soon as the browser says that it is online', async () => {
    const { network, store } = connected();
    const errors: CrmError[] = [];
    const heard: string[] = [];
    network.isUp = false;
    store.watchList('accounts', {}, { next: (page) => heard.push(names(page)), error: (error) => errors.push(error) });
    await until(() => errors.length > 0);
    expect(errors[0]?.code).to.equal('network');
    network.isUp = true;
    window.dispatchEvent(new Event('online'));
    await until(() => heard.length > 0);
    expect(errors.length).to.equal(1);
    store.close();
  });

  it('gives its stream of events back with the last watcher', async () => {
    const { server, store } = connected();
    const stop = store.watchList('accounts', {}, { next: () => {} });
    await until(() => server.feed.listeners === 1);
    stop();
    await until(() => server.feed.listeners === 0);
  });
});
