import { MemoryServer } from '@tessera-crm/client/testing/memory-server.js';
import { expect, fixture, fixtureCleanup, html } from '@open-wc/testing';
import { createCrm } from '../crm.ts';
import { lateServer } from '../test-support/late-server.ts';
import { countTraces, type PageTraces } from '../test-support/page-traces.ts';
import { giulia } from '../test-support/people.ts';
import { startScript } from './start-script.ts';
import { shadowOf } from '../test-support/inside-of.ts';

const nameIn = (card: Element | null): string | undefined =>
  (card ? shadowOf(card) : null)?.querySelector('.name')?.textContent?.trim();

/** Waits without a timer that outlives it, as `waitUntil` has one: timers are counted here. */
const until = async (isSo: () => unknown): Promise<void> => {
  for (let turn = 0; turn < 400; turn++) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`never: ${isSo.toString()}`);
};

const calm = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1_500));

describe('a destroyed instance', function () {
  this.timeout(60_000);

  /** A whole life: look, cache, stream, a card that comes and goes, trouble. */
  const live = async (midway: () => Promise<void> = async () => {}): Promise<void> => {
    const { fetch, seen } = lateServer(new MemoryServer());
    const crm = createCrm({
      backends: 'https://crm.example.org',
      identity: 'destroyed',
      appearance: { theme: 'dark', variables: { accent: '#0a5' } },
      getToken: async () => ({ token: 't', expiresIn: 600 }),
      fetch,
    });
    await crm.define('contact-card');
    const card = await fixture(html`<crm-contact-card lang="en" record=${giulia.id}></crm-contact-card>`);
    await until(() => nameIn(card));
    await until(() => seen.some(({ url }) => url.includes('/sync/feed')));
    await until(async () => (await crm.diagnostics()).backends[0]?.storage === 'indexeddb');
    await calm();
    await midway();
    fixtureCleanup();
    await crm.destroy();
    await calm();
  };

  it('leaves no listener, timer, style sheet, global, database, channel or lock', async () => {
    // Once before: code that comes for the first time may keep what serves all instances
    await live();
    const counting = countTraces();
    try {
      const before = await counting.now();
      let during: PageTraces | undefined;
      await live(async () => void (during = await counting.now()));
      // What would not be seen while it is there, would not be seen when it stays
      expect(during?.listeners.length).to.be.greaterThan(before.listeners.length);
      expect(during?.sheets).to.be.greaterThan(before.sheets);
      expect(during?.globals.length).to.be.greaterThan(before.globals.length);
      expect(during?.databases).to.equal(2);
      expect(during?.channels).to.equal(1);
      expect(during?.locks).to.be.greaterThan(before.locks);
      expect(await counting.now()).to.deep.equal(before);
    } finally {
      counting.stop();
    }
  });

  it('leaves nothing either when it never was anything, or is destroyed while it begins', async () => {
    const counting = countTraces();
    try {
      const before = await counting.now();
      const { fetch } = lateServer(new MemoryServer());
      const options = { backends: 'https://crm.example.org', identity: 'destroyed', fetch, prefix: 'brief' };
      await createCrm(options).destroy();
      const crm = createCrm({ ...options, appearance: { theme: 'dark' } });
      const listed = crm.store.list('contacts').catch(() => {});
      await crm.destroy();
      await listed;
      await crm.signOut({ purge: true });
      crm.setIdentity('somebody');
      await calm();
      expect(await counting.now()).to.deep.equal(before);
    } finally {
      counting.stop();
    }
  });

  it('of a script tag leaves nothing either', async () => {
    const counting = countTraces();
    try {
      const before = await counting.now();
      const script = Object.assign(document.createElement('script'), { type: 'module' });
      script.dataset['prefix'] = 'tagged';
      script.dataset['theme'] = 'dark';
      const [crm] = startScript(script);
      await calm();
      expect((await counting.now()).sheets).to.be.greaterThan(before.sheets);
      await crm?.destroy();
      await calm();
      expect(await counting.now()).to.deep.equal(before);
    } finally {
      counting.stop();
    }
  });
});
