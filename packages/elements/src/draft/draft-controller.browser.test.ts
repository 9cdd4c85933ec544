import { expect, fixture, fixtureCleanup, html, nextFrame } from '@open-wc/testing';
import { memoryStore } from '@tessera-crm/model/testing/memory-store.js';
import { Registry } from '@tessera-crm/model/registry.js';
import { Desk } from '../test-support/desk.ts';
import { testInstance, type TestInstance } from '../test-support/instance.ts';
import { draftKey, draftStorage } from './draft-storage.ts';

Desk.define();

const id = '0190aaaa-0000-7000-8000-000000000001';

const kept = (values: object, unread: object = {}): string =>
  JSON.stringify({ savedAt: Date.now(), writer: 'other', id, values, unread });

describe('a draft', () => {
  let crm: TestInstance;
  beforeEach(() => {
    localStorage.clear();
    crm = testInstance({ store: memoryStore({ registry: new Registry([]) }) });
  });
  afterEach(async () => {
    crm.remove();
    fixtureCleanup();
    // Elements that go write last what they have
    await nextFrame();
    localStorage.clear();
  });

  const desk = (key = 'test'): Promise<Desk> =>
    fixture<Desk>(html`<crm-desk lang="en" fields="name,weight,salary,pin" draft-key=${key}></crm-desk>`);
  /** As if the page were loaded again: the element goes, another one comes. */
  const reload = async (element: Desk, key?: string): Promise<Desk> => {
    dispatchEvent(new PageTransitionEvent('pagehide'));
    element.remove();
    return desk(key);
  };

  it('comes back after a reload, with what was typed and could not be read', async () => {
    const first = await desk();
    first.draft.edit('/name', { value: 'Ada' });
    first.draft.edit('/weight', { text: 'heavy', code: 'number' });
    const second = await reload(first);
    expect(second.draft.changes).to.deep.equal({ name: 'Ada' });
    expect(second.shadowRoot!.querySelector<HTMLInputElement>('#field-weight')!.value).to.equal('heavy');
    expect(second.draft.restoredAt).to.be.a('number');
    expect(second.draft.id).to.equal(first.draft.id);
  });

  it('is kept under its key alone', async () => {
    const first = await desk('one');
    first.draft.edit('/name', { value: 'Ada' });
    expect((await reload(first, 'two')).draft.isDirty).to.equal(false);
  });

  it('leaves nothing behind once it was saved', async () => {
    const first = await desk();
    first.draft.edit('/name', { value: 'Ada' });
    dispatchEvent(new PageTransitionEvent('pagehide'));
    expect(localStorage.length).to.equal(1);
    first.draft.clear();
    expect(localStorage.length).to.equal(0);
    expect((await reload(first)).draft.isDirty).to.equal(false);
  });

  it('stores nothing sensitive and no secret, typed or read', async () => {
    const first = await desk();
    first.draft.edit('/name', { value: 'Ada' });
    first.draft.edit('/salary', { value: '99999.00' });
    first.draft.edit('/pin', { value: 'hunter2' });
    first.draft.edit('/salary', { text: 'a lot', code: 'number' });
    dispatchEvent(new PageTransitionEvent('pagehide'));
    const stored = JSON.stringify(localStorage);
    expect(stored).to.contain('Ada');
    for (const secret of ['99999', 'hunter2', 'a lot']) expect(stored).not.to.contain(secret);
  });

  it('asks before another tab overwrites what is here', async () => {
    const element = await desk();
    element.draft.edit('/name', { value: 'mine' });
    const other = kept({ name: 'theirs' });
    dispatchEvent(new StorageEvent('storage', { key: draftKey('crm', undefined, 'test'), newValue: other }));
    expect(element.draft.values['name']).to.equal('mine');
    expect(element.draft.offered?.values).to.deep.equal({ name: 'theirs' });
    element.draft.accept();
    expect(element.draft.values['name']).to.equal('theirs');
    expect(element.draft.offered).to.equal(null);
  });

  it('is nobody else’s: gone from sight with the person, back with them', async () => {
    crm.become('giulia');
    const element = await desk();
    element.draft.edit('/name', { value: 'Giulia’s' });
    crm.become('bruno');
    await element.updateComplete;
    expect(element.draft.values['name'] ?? null).to.equal(null);
    element.draft.edit('/name', { value: 'Bruno’s' });
    crm.become('giulia');
    await element.updateComplete;
    expect(element.draft.values['name']).to.equal('Giulia’s');
    crm.become(undefined);
    await element.updateComplete;
    expect(element.draft.isDirty).to.equal(false);
    draftStorage.purge('crm');
    expect(localStorage.length).to.equal(0);
  });

  it('of somebody unknown goes along when they sign in, and is gone when they leave', async () => {
    const element = await desk();
    element.draft.edit('/name', { value: 'Ada' });
    dispatchEvent(new PageTransitionEvent('pagehide'));
    crm.become('ada');
    await element.updateComplete;
    expect(element.draft.values['name']).to.equal('Ada');
    dispatchEvent(new PageTransitionEvent('pagehide'));
    expect(Object.keys(localStorage)).to.deep.equal([draftKey('crm', 'ada', 'test')]);
    crm.become(undefined);
    await element.updateComplete;
    element.draft.edit('/name', { value: 'Nobody' });
    dispatchEvent(new PageTransitionEvent('pagehide'));
    crm.become(undefined);
    await element.updateComplete;
    expect(element.draft.isDirty).to.equal(false);
    expect(JSON.stringify(localStorage)).not.to.contain('Nobody');
  });

  it('lives on in memory where the page may store nothing', async () => {
    const real = Object.getOwnPropertyDescriptor(window, 'localStorage')!;
    const session = Object.getOwnPropertyDescriptor(window, 'sessionStorage')!;
    const refuse = {
      configurable: true,
      get: () => {
        throw new DOMException('no', 'SecurityError');
      },
    };
    Object.defineProperty(window, 'localStorage', refuse);
    Object.defineProperty(window, 'sessionStorage', refuse);
    try {
      const first = await desk('blocked');
      first.draft.edit('/name', { value: 'Ada' });
      const second = await reload(first, 'blocked');
      expect(second.draft.values['name']).to.equal('Ada');
      draftStorage.remove(draftKey('crm', undefined, 'blocked'));
    } finally {
      Object.defineProperty(window, 'localStorage', real);
      Object.defineProperty(window, 'sessionStorage', session);
    }
  });

  it('shrugs at what somebody else stored under its key', async () => {
    for (const junk of [
      '{',
      'null',
      '[]',
      '{"savedAt":1}',
      kept({ name: 1 }),
      kept({ name: { a: 1 } }),
      kept({}, { '/name': 1 }),
    ]) {
      localStorage.setItem(draftKey('crm', undefined, 'test'), junk);
      const element = await desk();
      expect(element.shadowRoot!.querySelector('#field-name'), junk).to.not.equal(null);
      element.remove();
    }
  });

  it('is clean again when a value is what it was', async () => {
    const element = await fixture<Desk>(html`<crm-desk lang="en" fields="name" .start=${{ name: 'Ada' }}></crm-desk>`);
    element.draft.edit('/name', { value: 'Eva' });
    expect(element.draft.dirty).to.deep.equal(['name']);
    element.draft.edit('/name', { value: 'Ada' });
    expect(element.draft.isDirty).to.equal(false);
  });

  it('shows what a server refused until that field is changed', async () => {
    const element = await desk();
    element.draft.edit('/name', { value: 'Ada' });
    element.draft.refuse([
      { path: '/name', code: 'unique' },
      { path: '/weight', code: 'too-big', params: { max: 5 } },
    ]);
    await element.updateComplete;
    const errors = () =>
      [...element.shadowRoot!.querySelectorAll('.field-error')].map((one) => one.textContent!.trim());
    expect(errors()).to.deep.equal(['Is in use already', 'Must be at most 5']);
    element.draft.edit('/name', { value: 'Eva' });
    await element.updateComplete;
    expect(errors()).to.deep.equal(['Must be at most 5']);
  });
});
