import { MemoryServer } from '@tessera-crm/client/testing/memory-server.js';
import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { createCrm, type Crm } from '../crm.ts';
import type { SignOutDialog } from '../sign-out/sign-out-dialog.ts';
import type { IdentityDetail } from '../frame/events.ts';
import { shadowOf } from '../test-support/inside-of.ts';
import {
  databases,
  deleteDatabases,
  offlineServer,
  type OfflineServer,
  type Person,
} from '../test-support/offline-person.ts';
import { giulia } from '../test-support/people.ts';
import { version } from '../version.ts';
import { leavingMarks, markLeaving } from './leaving-marks.ts';

const patience = { timeout: 25_000 };

const tag = `crm-sign-out-${version.replaceAll('.', '-')}`;

const dialog = (): SignOutDialog | null => document.querySelector<SignOutDialog>(tag);

const dialogShown = async (): Promise<SignOutDialog> => {
  await waitUntil(() => dialog()?.shadowRoot?.querySelector('dialog')?.open, 'it asks', patience);
  return dialog()!;
};

const textOf = (element: Element): string =>
  (element.shadowRoot!.querySelector<HTMLElement>('dialog')?.innerText ?? '').replaceAll(/\s+/g, ' ');

const press = (element: Element, selector: string): void =>
  element.shadowRoot!.querySelector<HTMLElement>(selector)!.click();

describe('signing out with unsent work', function () {
  this.timeout(40_000);

  let server: OfflineServer;
  let crm: Crm;

  beforeEach(() => (server = offlineServer(new MemoryServer())));
  afterEach(async () => {
    server.isOnline = true;
    await crm.signOut({ purge: true, unsent: 'discard' });
    await crm.destroy();
    await deleteDatabases();
    localStorage.clear();
  });

  const openWith = async (options: Parameters<typeof server.open>[0] = {}): Promise<Person> => {
    const person = await server.open(options);
    ({ crm } = person);
    return person;
  };

  /** Anna, who changed something without network. */
  const unsent = async (options: Parameters<typeof server.open>[0] = {}): Promise<Person> => {
    const person = await openWith(options);
    server.isOnline = false;
    await person.change('Chief');
    return person;
  };

  it('asks nobody where everything can be sent, and leaves nothing', async () => {
    const { change } = await openWith();
    await change('Chief');
    expect(await crm.signOut({ purge: true })).to.equal('done');
    expect([server.jobTitle, crm.identity, await databases()]).to.deep.equal(['Chief', undefined, []]);
    expect(dialog()).to.equal(null);
  });

  it('says what is at stake, and deletes nothing where the person stays', async () => {
    await unsent();
    const leaving = crm.signOut({ purge: true });
    const asking = await dialogShown();
    expect(textOf(asking)).to.match(/^Sign out with unsent changes\? 1 change has not been sent since \d/);
    await expect(asking).to.be.accessible();
    press(asking, '[data-option="cancel"]');
    expect(await leaving).to.equal('cancelled');
    expect([crm.identity, dialog(), await databases()]).to.deep.equal([
      'anna',
      null,
      ['anna/cache-1-1', 'anna/outbox'],
    ]);
    server.isOnline = true;
    dispatchEvent(new Event('online'));
    await waitUntil(() => server.jobTitle === 'Chief', 'it is sent after all', patience);
  });

  it('keeps on the device what is unsent, and nothing else, until that person is back', async () => {
    await unsent();
    const leaving = crm.signOut({ purge: true });
    press(await dialogShown(), '[data-option="keep"]');
    expect(await leaving).to.equal('kept');
    expect([crm.identity, await databases()]).to.deep.equal([undefined, ['anna/outbox']]);
    await crm.destroy();
    server.isOnline = true;
    await openWith();
    await waitUntil(() => server.jobTitle === 'Chief', 'it is sent', patience);
    expect(await crm.signOut({ purge: true })).to.equal('done');
    expect(await databases()).to.deep.equal([]);
  });

  it('signs out when the server is there again and takes everything', async () => {
    await unsent();
    const leaving = crm.signOut({ purge: true });
    const asking = await dialogShown();
    press(asking, '[data-option="send"]');
    await waitUntil(() => textOf(asking).includes('The server was not reached.'), 'it says so', patience);
    server.isOnline = true;
    press(asking, '[data-option="send"]');
    expect(await leaving).to.equal('done');
    expect([server.jobTitle, await databases()]).to.deep.equal(['Chief', []]);
  });

  it('deletes only after the person has made sure', async () => {
    await unsent();
    const leaving = crm.signOut({ purge: true });
    const asking = await dialogShown();
    press(asking, '[data-option="delete"]');
    await waitUntil(
      () => textOf(asking).includes('1 change that no server has will be lost.'),
      'it asks again',
      patience,
    );
    expect((await databases()).length).to.equal(2);
    press(asking, '.bad');
    expect(await leaving).to.equal('discarded');
    expect(await databases()).to.deep.equal([]);
  });

  it('needs nobody where the page has decided', async () => {
    await unsent();
    expect(await crm.signOut({ purge: true, unsent: 'keep' })).to.equal('kept');
    expect(await databases()).to.deep.equal(['anna/outbox']);
    await crm.destroy();
    crm = createCrm({ backends: 'https://crm.example.org', identity: 'anna' });
    expect(await crm.signOut({ purge: true, unsent: 'discard' })).to.equal('discarded');
    expect(await databases()).to.deep.equal([]);
    expect(dialog()).to.equal(null);
  });

  it('keeps it where the page shows nothing of ours', async () => {
    await unsent();
    const rule = new CSSStyleSheet();
    rule.replaceSync(`${tag} { display: none !important }`);
    document.adoptedStyleSheets.push(rule);
    try {
      expect(await crm.signOut({ purge: true })).to.equal('kept');
    } finally {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== rule);
    }
    expect([await databases(), dialog()]).to.deep.equal([['anna/outbox'], null]);
  });

  it('cannot keep what is in memory: it asks, and otherwise leaves the person signed in', async () => {
    await unsent({ cache: { mode: 'memory' } });
    const leaving = crm.signOut({ purge: true, unsent: 'keep' });
    const asking = await dialogShown();
    expect(asking.shadowRoot!.querySelector('[data-option="keep"]')).to.equal(null);
    asking.remove();
    expect(await leaving).to.equal('cancelled');
    expect((await crm.backend()!.offline!)!.outgoing!.waiting()).to.have.length(1);
  });

  it('asks about what an earlier visit left, which nobody has opened since', async () => {
    await unsent();
    await crm.destroy();
    crm = createCrm({ backends: 'https://crm.example.org', identity: 'anna', locale: 'en' });
    const leaving = crm.signOut({ purge: true });
    press(await dialogShown(), '[data-option="keep"]');
    expect(await leaving).to.equal('kept');
    expect(await databases()).to.deep.equal(['anna/outbox']);
  });

  it('asks once, however often it is asked for', async () => {
    await unsent();
    const both = [crm.signOut({ purge: true }), crm.signOut({ purge: true })];
    const asking = await dialogShown();
    expect(document.querySelectorAll(tag)).to.have.length(1);
    press(asking, '[data-option="keep"]');
    expect(await Promise.all(both)).to.deep.equal(['kept', 'kept']);
  });

  it('asks no more when another person took over, who stays, and what is unsent is kept', async () => {
    await unsent();
    const leaving = crm.signOut({ purge: true });
    await dialogShown();
    crm.setIdentity('bruno');
    expect(await leaving).to.equal('kept');
    expect([crm.identity, dialog(), await databases()]).to.deep.equal(['bruno', null, ['anna/outbox']]);
  });

  it('forgets the key, and keeps nothing in the clear without another', async () => {
    const usages = ['deriveKey'] as const;
    const key = await crypto.subtle.importKey('raw', new Uint8Array(32), 'HKDF', false, usages);
    await unsent({ cache: { mode: 'auto', key } });
    const leaving = crm.signOut({ purge: true });
    const asking = await dialogShown();
    expect(textOf(asking)).to.contain('encrypted, until you sign in again');
    press(asking, '[data-option="keep"]');
    await leaving;
    crm.setIdentity('bruno');
    await crm.store.list('contacts').catch(() => {});
    expect((await crm.backend()!.offline!)!.outgoing!.state.storage).to.equal('memory');
    expect(await databases()).to.deep.equal(['anna/outbox']);
  });

  it('speaks Italian', async () => {
    await unsent({ locale: 'it' });
    const leaving = crm.signOut({ purge: true });
    const asking = await dialogShown();
    expect(textOf(asking)).to.match(/^Uscire con modifiche non inviate\? 1 modifica non è stata inviata/);
    press(asking, '[data-option="cancel"]');
    await leaving;
  });
});

describe('a page that ended while it deleted', function () {
  this.timeout(40_000);

  let server: OfflineServer;

  /** A visit with unsent work, and the beginning of the names of its databases. */
  const visited = async (): Promise<string> => {
    server = offlineServer(new MemoryServer());
    const { crm, change } = await server.open();
    server.isOnline = false;
    await change('Chief');
    await crm.destroy();
    const all = await indexedDB.databases();
    return all.find(({ name }) => name?.endsWith('anna/outbox'))!.name!.replace(/\/outbox$/, '');
  };

  afterEach(async () => {
    await deleteDatabases();
    localStorage.clear();
  });

  for (const [keepUnsent, left] of [
    [true, ['anna/outbox']],
    [false, []],
  ] as const)
    it(`is finished by the next one, whoever works there: ${keepUnsent ? 'unsent work stays' : 'all of it'}`, async () => {
      markLeaving('crm', [{ name: await visited(), keepUnsent }]);
      const crm = createCrm({ backends: 'https://crm.example.org', identity: 'bruno' });
      await waitUntil(() => leavingMarks('crm').length === 0, 'it is finished', patience);
      expect(await databases()).to.deep.equal(left);
      await crm.destroy();
    });

  it('does not give back what was to be deleted to the same person, nor take away what comes new', async () => {
    markLeaving('crm', [{ name: await visited(), keepUnsent: false }]);
    server.isOnline = true;
    const { crm, change } = await server.open();
    expect(leavingMarks('crm')).to.deep.equal([]);
    expect((await crm.backend()!.offline!)!.outgoing!.waiting()).to.deep.equal([]);
    await change('Director');
    await waitUntil(() => server.jobTitle === 'Director', 'it is sent', patience);
    await crm.signOut({ purge: true });
    await crm.destroy();
  });

  it('works in memory as long as something holds what is to be deleted', async () => {
    const name = await visited();
    markLeaving('crm', [{ name, keepUnsent: false }]);
    const frozen = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open(`${name}/outbox`);
      request.onsuccess = () => resolve(request.result);
    });
    server.isOnline = true;
    const { crm } = await server.open();
    expect((await crm.backend()!.offline!)!.outgoing!.state.storage).to.equal('memory');
    expect(leavingMarks('crm')).to.have.length(1);
    frozen.close();
    await crm.destroy();
  });

  it('believes nobody who wrote something else there', async () => {
    (await indexedDB.databases()).forEach(({ name }) => indexedDB.deleteDatabase(name!));
    for (const text of ['{', '{}', '[1, null, {"name": "other", "keepUnsent": false}]']) {
      localStorage.setItem('tessera-leaving/crm', text);
      expect(leavingMarks('crm')).to.deep.equal([]);
    }
  });
});

describe('a sign-out in another tab', function () {
  this.timeout(40_000);

  it('leaves nothing of the person on the screen, and asks for no token until another one works here', async () => {
    const server = offlineServer(new MemoryServer());
    const { crm: other } = await server.open();
    const { crm } = await server.open();
    await crm.define('contact-card');
    const card = await fixture(html`<crm-contact-card lang="en" record=${giulia.id}></crm-contact-card>`);
    const text = (): string => shadowOf(card)?.textContent ?? '';
    await waitUntil(() => text().includes('Giulia'), 'in time', patience);
    const told: (string | undefined)[] = [];
    const hear = (event: Event): void => void told.push((event as CustomEvent<IdentityDetail>).detail.identity());
    document.addEventListener('crm-identity-change', hear);
    const asked = server.asked.length;
    await other.signOut({ purge: true });
    await waitUntil(() => crm.identity === undefined && /sign in/.test(text()), 'nobody is shown', patience);
    expect(text()).not.to.contain('Giulia');
    expect(told).to.deep.equal([undefined, undefined]);
    expect(server.asked.slice(asked)).to.deep.equal([]);
    document.removeEventListener('crm-identity-change', hear);
    crm.setIdentity('bruno');
    await waitUntil(() => text().includes('Giulia'), 'it is another one’s', patience);
    await crm.signOut({ purge: true });
    await Promise.all([crm.destroy(), other.destroy()]);
  });
});
