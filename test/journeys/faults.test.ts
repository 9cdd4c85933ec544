import assert from 'node:assert/strict';
import test, { after, afterEach, before, describe } from 'node:test';
import { Desk } from './support/desk.ts';
import { OwnBrowser } from './support/own-browser.ts';
import { Site } from './support/site.ts';
import { eventually, settle } from './support/world.ts';

/** Each change to an account is one version more: those that were carried out are counted that way. */
const assertOnce = async (desk: Desk, id: string, least: number): Promise<void> => {
  const { version, employees } = await desk.stored(id);
  assert.ok((employees ?? 0) >= least, `${least} was acknowledged, and the server has ${employees}`);
  assert.equal(version, 1 + (employees ?? 0), 'changes that were carried out');
  assert.equal((await desk.kept()).rejected, 0);
};

describe('a browser that fails people', () => {
  let site: Site;
  let browser: OwnBrowser;
  before(async () => {
    [site, browser] = await Promise.all([Site.open(), OwnBrowser.open()]);
    await settle(site);
  });
  afterEach(() => browser.leave());
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  const open = (before?: Parameters<typeof Desk.open>[2]) => Desk.open(browser, site, before);

  test('has no room left: they go on, are told, and what is unsent outlives the page', async () => {
    const full = { origin: site.address, quotaSize: 6_000_000 };
    const desk = await open((session) => session.send('Storage.overrideQuotaForOrigin', full));
    const { page } = desk;
    const id = await desk.make('Full');
    await desk.isSent();
    await page.evaluate(fillUp);
    await desk.setOffline(true);
    await desk.count(id, 1, 5);
    assert.equal((await desk.kept()).storage, 'localstorage');
    await desk.reads('sync-status', 'Offline · 5 changes wait');
    await desk.reads('sync-status', 'What is unsent is not safely stored');
    await desk.reads('record-list', /Full 5/);
    let isAsked = false;
    page.on('dialog', () => (isAsked = true));
    const gone = new Promise((resolve) => page.once('close', resolve));
    await page.close({ runBeforeUnload: true });
    await gone;
    assert.equal(isAsked, false);
    const next = await open();
    await next.isSent();
    await assertOnce(next, id, 5);
    assert.equal((await next.kept()).storage, 'indexeddb');
    assert.deepEqual(await next.page.evaluate(() => Object.keys(localStorage)), []);
    await next.page.evaluate(() => void indexedDB.deleteDatabase('ballast'));
  });

  for (const [what, end] of [
    ['is killed as a whole', () => browser.kill().then(() => browser.start())],
    ['loses the tab to a crash', (desk: Desk) => desk.crash()],
  ] as const)
    for (const isOffline of [true, false])
      test(`${what} while they make changes with${isOffline ? 'out' : ''} network: each that was kept arrives once`, async () => {
        const first = await open();
        const id = await first.make(what);
        await first.isSent();
        await first.setOffline(isOffline);
        await first.countOn(id, 1);
        await end(first);
        const next = await open();
        await next.isSent();
        await assertOnce(next, id, first.acknowledged(id));
      });

  test('freezes the tab that leads while it writes: another one goes on, and the first is in step when it wakes', async () => {
    const first = await open();
    const id = await first.make('Frozen');
    await first.isSent();
    const other = await open();
    await other.reads('record-list', 'Frozen');
    await first.countOn(id, 1);
    await first.session.send('Page.setWebLifecycleState', { state: 'frozen' });
    const meanwhile = await other.make('Meanwhile');
    const acknowledged = first.acknowledged(id);
    await other.count(meanwhile, 1, 3);
    await other.hasArrived(meanwhile, 3);
    assert.equal(first.acknowledged(id), acknowledged);
    await first.session.send('Page.setWebLifecycleState', { state: 'active' });
    await first.page.bringToFront();
    await first.reads('record-list', /Meanwhile 3/);
    await eventually('it goes on', async () => first.acknowledged(id) > acknowledged);
    await first.page.reload();
    await first.isSent();
    await assertOnce(first, id, acknowledged);
    await assertOnce(other, meanwhile, 3);
  });

  test('has the tab that leads hang: another one takes over, sends and hears, and the first steps down when it is back', async () => {
    const [first, other] = [await open(), await open()];
    const id = await other.make('Hung');
    await other.isSent();
    await first.reads('record-list', 'Hung');
    const letGo = await first.hang(() => first.page.evaluate(hangNow));
    await other.count(id, 1, 3);
    await other.hasArrived(id, 3);
    await site.api('POST', 'accounts', { name: 'By others' });
    await other.reads('record-list', 'By others');
    await letGo();
    for (const text of ['By others', 'Hung 3']) await first.reads('record-list', text);
    const { held = [] } = await first.page.evaluate(() => navigator.locks.query());
    assert.equal(held.filter(({ name }) => name?.endsWith('/leader')).length, 1);
    await other.page.close();
    await first.count(id, 4, 5);
    await first.hasArrived(id, 5);
    await assertOnce(first, id, 5);
  });

  test('has a tab hang in the middle of writing: another one goes on, without a safe place for what is unsent', async () => {
    const [first, other] = [await open(), await open()];
    const [late, id] = [await first.make('Late'), await other.make('Held up')];
    await other.isSent();
    await first.page.evaluate(hangWhenAdding);
    const letGo = await first.hang(() => first.count(late, 1, 1));
    await other.count(id, 1, 3);
    await other.hasArrived(id, 3);
    await other.reads('sync-status', 'All changes saved');
    assert.equal((await other.kept()).storage, 'localstorage');
    await letGo();
    await first.count(late, 2, 3);
    await first.isSent();
    await assertOnce(first, late, 3);
    await assertOnce(other, id, 3);
  });

  test('keeps the page of somebody who leaves and comes back: it is in step again', async () => {
    const [away, other] = [await open(), await open()];
    const id = await away.make('Away');
    await away.isSent();
    await away.page.evaluate(notePersisted);
    await away.setOffline(true);
    await away.count(id, 1, 2);
    await away.page.goto(new URL('/elsewhere', site.address).href);
    await other.hasArrived(id, 2);
    await other.count(id, 3, 5);
    await other.hasArrived(id, 5);
    await away.setOffline(false);
    await away.page.evaluate(() => void setTimeout(() => history.back()));
    await eventually('the page is back', () => away.page.evaluate(isPersisted).catch(() => false));
    await away.page.bringToFront();
    await away.reads('record-list', /Away 5/);
    await away.count(id, 6, 7);
    await other.reads('record-list', /Away 7/);
    await away.isSent();
    await assertOnce(away, id, 7);
  });

  test('clears the site’s data under an open page: it goes on, and sends once what was under way', async () => {
    const desk = await open();
    const id = await desk.make('Cleared');
    await desk.isSent();
    const answered = Promise.withResolvers<string>();
    await desk.intercept('/sync/push', answered.resolve, 'Response');
    await desk.count(id, 1, 1);
    const requestId = await answered.promise;
    await desk.count(id, 2, 2);
    const { origin } = new URL(site.address);
    await desk.session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
    await desk.count(id, 3, 3);
    await desk.letGo('/sync/push');
    await desk.session.send('Fetch.failRequest', { requestId, errorReason: 'ConnectionReset' });
    await desk.isSent();
    await assertOnce(desk, id, 3);
    assert.equal((await desk.kept()).storage, 'indexeddb');
    await desk.reads('record-list', /Cleared 3/);
  });

  test('has a clock that jumps: nothing is sent again, is too old, or changes its place', async () => {
    const desk = await open();
    const id = await desk.make('Clock');
    await desk.isSent();
    await desk.setOffline(true);
    for (const [turn, days] of [0, 1, -1].entries()) {
      await desk.page.evaluate(moveClock, days);
      await desk.count(id, 2 * turn + 1, 2 * turn + 2);
      await desk.reads('record-list', new RegExp(`Clock ${2 * turn + 2}`));
    }
    assert.equal((await desk.kept()).pending, 6);
    desk.sent.length = 0;
    await desk.setOffline(false);
    await desk.isSent();
    await assertOnce(desk, id, 6);
    await desk.page.evaluate(moveClock, 0);
    await desk.count(id, 7, 8);
    await desk.isSent();
    await assertOnce(desk, id, 8);
    const mids = [...new Set(desk.sent)].map((one) => Number(one.split(' ')[1]));
    assert.deepEqual(mids.length, 8);
    assert.deepEqual(
      mids,
      mids.toSorted((a, b) => a - b),
    );
  });

  test('is one of two that send when the server is killed, and comes back', async () => {
    const second = await OwnBrowser.open();
    try {
      const desks = [await open(), await Desk.open(second, site)];
      const ids = await Promise.all(desks.map((desk, index) => desk.make(`Server ${index}`)));
      for (const desk of desks) await desk.isSent();
      await Promise.all(desks.map((desk, index) => desk.countOn(ids[index]!, 1, 200)));
      await site.kill();
      await site.start();
      const before = desks.map((desk, index) => desk.acknowledged(ids[index]!));
      for (const [index, desk] of desks.entries())
        await eventually('it goes on', async () => (await desk.stored(ids[index]!)).employees! >= before[index]!);
      for (const [index, desk] of desks.entries()) {
        await desk.page.reload();
        await desk.isSent();
        await assertOnce(desk, ids[index]!, desk.acknowledged(ids[index]!));
      }
    } finally {
      await second.close();
    }
  });
});

/** Runs in the page: a site that fills its disk to the last byte. */
const fillUp = async (): Promise<void> => {
  const opening = indexedDB.open('ballast');
  opening.onupgradeneeded = () => opening.result.createObjectStore('stones', { autoIncrement: true });
  await new Promise((resolve) => (opening.onsuccess = resolve));
  const put = (bytes: number): Promise<boolean> =>
    new Promise((resolve) => {
      const transaction = opening.result.transaction('stones', 'readwrite');
      transaction.objectStore('stones').add(crypto.getRandomValues(new Uint8Array(bytes)));
      transaction.oncomplete = () => resolve(true);
      transaction.onabort = () => resolve(false);
    });
  for (let bytes = 60_000; bytes >= 500; bytes /= 4) while (await put(bytes));
  opening.result.close();
};

/** Runs in the page. */
const hangNow = (): void => {
  const request = new XMLHttpRequest();
  request.open('GET', '/hang', false);
  request.send();
};

/** Runs in the page: it hangs as soon as something is added to the outbox, while the transaction is open. */
const hangWhenAdding = (): void => {
  const { add } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.add = function (...args: Parameters<typeof add>) {
    const request = add.apply(this, args);
    if (this.name !== 'entries') return request;
    IDBObjectStore.prototype.add = add;
    const asking = new XMLHttpRequest();
    asking.open('GET', '/hang', false);
    asking.send();
    return request;
  };
};

/** Runs in the page. */
const notePersisted = (): void => {
  addEventListener('pageshow', ({ persisted }) => Object.assign(globalThis, { persisted }));
};

/** Runs in the page. */
const isPersisted = (): boolean => (globalThis as { readonly persisted?: boolean }).persisted === true;

/** Runs in the page: the clock is wrong by so many days from now on. */
const moveClock = (days: number): void => {
  const { Real = Date } = globalThis as unknown as { readonly Real?: DateConstructor };
  const now = (): number => Real.now() + days * 86_400_000;
  Object.assign(globalThis, {
    Real,
    Date: class extends Real {
      static override now = now;

      constructor(...time: readonly []) {
        super(...((time.length > 0 ? time : [now()]) as readonly []));
      }
    },
  });
};
