import { CrmError } from '@tessera-crm/model/errors.js';
import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { createCrm, type Crm } from './crm.ts';
import type { ContactCard } from './contact-card/contact-card.ts';
import type { ErrorDetail } from './frame/events.ts';
import type { GetToken } from './instance/options.ts';
import type { Provider } from './provider/provider.ts';
import { giulia, peopleStore, person, registry } from './test-support/people.ts';
import { shadowOf } from './test-support/inside-of.ts';

/** Code is fetched file by file here, on a busy machine. */
const patience = { timeout: 8_000 };

const nameIn = (card: Element | null): string | undefined =>
  (card ? shadowOf(card) : null)?.querySelector('.name')?.textContent?.trim();

const shows = (card: Element | null, name: string): Promise<void> =>
  waitUntil(() => nameIn(card) === name, name, patience);

const colorOf = (card: Element): string => getComputedStyle(shadowOf(card)!.querySelector('.card')!).backgroundColor;

/** A server that answers every question about contacts with one person, and remembers who asked. */
const server = (name: string) => {
  const asked: { readonly url: string; readonly token: string | null }[] = [];
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    asked.push({ url, token: new Headers(init.headers).get('authorization') });
    const records = url.includes('contacts') ? [person(1, { jobTitle: name, primaryAccount: null })] : [];
    return Response.json(init.body ? { records, next: null, count: records.length } : records[0]);
  };
  return { asked, fetch };
};

describe('createCrm', () => {
  let crm: Crm | undefined;
  afterEach(() => crm?.destroy());

  it('fetches and defines the elements asked for, once, and says what became of them', async () => {
    crm = createCrm({ backends: peopleStore(), prefix: 'one' });
    customElements.define('one-provider', class extends HTMLElement {});
    const first = await crm.define('contact-card', 'provider');
    expect(first).to.deep.equal({ defined: ['one-contact-card'], reused: [], conflict: ['one-provider'], failed: [] });
    const second = await crm.define(['contact-card']);
    expect(second.reused).to.deep.equal(['one-contact-card']);
  });

  it('counts unknown elements as conflicts instead of throwing', async () => {
    crm = createCrm({ backends: peopleStore(), prefix: 'two' });
    expect((await crm.define('no-such' as 'provider')).conflict).to.deep.equal(['two-no-such']);
  });

  it('refuses a prefix that cannot be one, and a set-up without backends', () => {
    expect(() => createCrm({ backends: '', prefix: 'My-CRM' }))
      .to.throw()
      .with.property('code', 'config');
    expect(() => createCrm({ backends: {} }))
      .to.throw()
      .with.property('code', 'config');
  });

  it('gives its store to elements around which there is no provider', async () => {
    const card = await fixture(html`<crm-contact-card lang="en" record=${giulia.id}></crm-contact-card>`);
    crm = createCrm({ backends: peopleStore() });
    await crm.define('contact-card');
    await shows(card, 'Giulia Rossi');
  });

  it('lets an element choose another backend', async () => {
    const other = peopleStore();
    other.memory.fill('contacts', [person(1, { name: { ...giulia.name, first: 'Anna' } })]);
    crm = createCrm({ backends: { main: peopleStore(), erp: other } });
    await crm.define('contact-card');
    const card = await fixture(html`<crm-contact-card backend="erp" record=${giulia.id}></crm-contact-card>`);
    await shows(card, 'Anna Rossi');
  });

  it('puts its look into one style sheet, which the page outweighs, and takes it away again', async () => {
    const before = document.adoptedStyleSheets.length;
    crm = createCrm({
      backends: peopleStore(),
      prefix: 'look',
      appearance: {
        theme: 'dark',
        variables: { surface: 'rgb(1, 2, 3)', fontSize: '20px; color: red } * { color: red' },
      },
    });
    await crm.define('contact-card');
    const card = await fixture(html`<look-contact-card .record=${giulia}></look-contact-card>`);
    await waitUntil(() => nameIn(card), 'in time', patience);
    expect(document.adoptedStyleSheets.length).to.equal(before + 1);
    expect(colorOf(card)).to.equal('rgb(1, 2, 3)');
    expect(getComputedStyle(shadowOf(card)!.host).colorScheme).to.equal('dark');
    expect(getComputedStyle(document.body).color).to.equal('rgb(0, 0, 0)');
    crm.update({ appearance: { variables: { surface: 'rgb(4, 5, 6)' } } });
    expect(colorOf(card)).to.equal('rgb(4, 5, 6)');
    await crm.destroy();
    expect(document.adoptedStyleSheets.length).to.equal(before);
  });

  it('writes legible text on any accent', async () => {
    crm = createCrm({ backends: peopleStore(), prefix: 'hue' });
    await crm.define('contact-card');
    const card = await fixture(html`<hue-contact-card lang="en" .record=${giulia}></hue-contact-card>`);
    await waitUntil(() => nameIn(card), 'in time', patience);
    for (const accent of ['#ffd400', '#00aa55', '#0b3d91', '#d81b60', '#ff5a36', '#111', '#eee', '#2563eb', '#e00']) {
      crm.update({ appearance: { variables: { accent } } });
      for (const one of shadowOf(card)!.getAnimations()) if (one instanceof CSSTransition) one.finish();
      await expect(card).to.be.accessible({ runOnly: ['color-contrast'] } as never);
    }
  });

  it('changes language and wording of what is there', async () => {
    crm = createCrm({ backends: peopleStore(), locale: 'en' });
    await crm.define('contact-card');
    const page = document.documentElement;
    const before = page.lang;
    page.removeAttribute('lang');
    const card = await fixture(html`<crm-contact-card .record=${giulia}></crm-contact-card>`);
    const call = (): string | undefined => shadowOf(card)?.querySelector('[part=call]')?.textContent?.trim();
    await waitUntil(() => call() === 'Call', 'in time', patience);
    crm.update({ locale: 'it' });
    await waitUntil(() => call() === 'Chiama', 'in time', patience);
    crm.update({ messages: { it: { 'contact-card.call': 'Telefona' } } });
    await waitUntil(() => call() === 'Telefona', 'in time', patience);
    page.lang = before;
  });

  it('asks for a token by reason, and shows nothing of the person before after the identity changed', async () => {
    const { asked, fetch } = server('Boss');
    const reasons: string[] = [];
    let isSignedIn = true;
    const getToken: GetToken = async ({ reason, backend }) => {
      reasons.push(`${backend} ${reason}`);
      if (!isSignedIn) throw new CrmError('auth-required', 'nobody');
      return { token: `t${reasons.length}`, expiresIn: 600 };
    };
    crm = createCrm({ backends: 'https://crm.example.org', getToken, fetch, cache: { mode: 'off' } });
    await crm.define('contact-card');
    const card = await fixture<ContactCard>(html`<crm-contact-card lang="en" record=${giulia.id}></crm-contact-card>`);
    await shows(card, 'Giulia Rossi');
    expect(reasons).to.deep.equal(['main initial']);
    expect(asked[0]?.url).to.match(/^https:\/\/crm\.example\.org\/v1\/contacts/);
    const old = crm.store;
    isSignedIn = false;
    crm.setIdentity('somebody-else');
    await waitUntil(() => card.matches(':state(forbidden)'), 'in time', patience);
    expect(nameIn(card)).to.equal(undefined);
    expect(reasons[1]).to.equal('main identity');
    expect(new Set(asked.map(({ token }) => token))).to.deep.equal(new Set(['Bearer t1']));
    await old.list('contacts').then(
      () => expect.fail('the old identity is still served'),
      (error: CrmError) => expect(error.code).to.equal('aborted'),
    );
  });

  it('tells the page of errors and of what took how long', async () => {
    const errors: string[] = [];
    const metrics: string[] = [];
    crm = createCrm({
      backends: 'https://crm.example.org',
      prefix: 'three',
      fetch: () => Promise.reject(new TypeError('offline')),
      onError: ({ code }, element) => void errors.push(`${element} ${code}`),
      onMetric: ({ name, subject }) => void metrics.push(`${name} ${subject}`),
    });
    await crm.define('contact-card');
    await crm.ready;
    await fixture(html`<three-contact-card record=${giulia.id}></three-contact-card>`);
    await waitUntil(() => errors.length > 1, 'in time', patience);
    expect(errors).to.deep.equal(['three auth-required', 'three-contact-card auth-required']);
    expect(metrics.sort()).to.deep.equal(['backend-ready three', 'element-loaded contact-card']);
  });

  it('fetches code ahead of time without registering a tag, and minds no tag that does not exist', async () => {
    crm = createCrm({ backends: peopleStore(), prefix: 'ahead' });
    performance.clearResourceTimings();
    await crm.preload('contact-card', ['ticket-form', 'no-such' as 'provider']);
    expect(customElements.get('ahead-contact-card')).to.equal(undefined);
    expect(performance.getEntriesByType('resource').some(({ name }) => name.includes('ticket-form.ts'))).to.equal(true);
  });

  it('changes backends while elements are on the page', async () => {
    const other = peopleStore();
    other.memory.fill('contacts', [person(1, { name: { ...giulia.name, first: 'Anna' } })]);
    crm = createCrm({ backends: peopleStore() });
    await crm.define('contact-card');
    const card = await fixture(html`<crm-contact-card record=${giulia.id}></crm-contact-card>`);
    await shows(card, 'Giulia Rossi');
    crm.update({ backends: { main: other } });
    await shows(card, 'Anna Rossi');
  });

  it('asks for another token when the scope changes, and for the same backend only', async () => {
    const { asked, fetch } = server('Boss');
    const questions: string[] = [];
    const getToken: GetToken = async ({ reason, backend, scope }) => {
      questions.push(`${backend} ${reason} ${scope?.join() ?? 'all'}`);
      return { token: `t${questions.length}`, expiresIn: 600 };
    };
    const backends = { crm: 'https://crm.example.org', erp: 'https://erp.example.org' };
    crm = createCrm({ backends, getToken, fetch, scope: ['contacts:read'] });
    await crm.store.list('contacts');
    await crm.backend('erp')?.store.list('contacts');
    expect(questions).to.deep.equal(['crm initial contacts:read', 'erp initial contacts:read']);
    crm.update({ scope: ['contacts:*'] });
    await crm.store.list('contacts');
    expect(questions.slice(2)).to.deep.equal(['crm scope contacts:*']);
    expect(asked.map(({ token }) => token)).to.deep.equal(['Bearer t1', 'Bearer t2', 'Bearer t3']);
  });

  it('refuses to change what an instance is', () => {
    crm = createCrm({ backends: peopleStore(), prefix: 'fix' });
    expect(() => crm?.update({ prefix: 'other' } as never))
      .to.throw('`prefix` cannot be changed')
      .with.property('code', 'config');
    expect(() => crm?.update({ timeZone: 'Rome' })).to.throw('`timeZone` must be');
  });

  it('says what this browser, page and person can do', async () => {
    crm = createCrm({ backends: { main: peopleStore() }, modules: registry, prefix: 'can', timeZone: 'Europe/Rome' });
    const able = await crm.capabilities();
    expect(able).to.include({ timeZone: 'Europe/Rome', hasPopover: true, hasTrustedTypes: true, isSandboxed: false });
    const [main] = able.backends;
    expect(main).to.include({ name: 'main', storage: 'none', isOffline: false, hasFiles: false });
    expect(main?.modules).to.include('contacts');
  });
});

describe('crm-provider', () => {
  let page: Crm;
  let inner: Crm;
  beforeEach(() => {
    const other = peopleStore();
    other.memory.fill('contacts', [person(1, { name: { ...giulia.name, first: 'Anna' } })]);
    page = createCrm({ backends: peopleStore() });
    inner = createCrm({ backends: other, prefix: 'crm' });
    page.subscribe(() => {});
  });
  afterEach(() => Promise.all([page.destroy(), inner.destroy()]));

  it('gives what is inside an instance of its own', async () => {
    await inner.define('contact-card', 'provider');
    const place = await fixture(html`
      <div>
        <crm-provider .crm=${page}><crm-contact-card class="in" record=${giulia.id}></crm-contact-card></crm-provider>
        <crm-contact-card class="out" record=${giulia.id}></crm-contact-card>
      </div>
    `);
    await shows(place.querySelector('.in'), 'Giulia Rossi');
    await shows(place.querySelector('.out'), 'Anna Rossi');
    place.append(place.querySelector('.in')!);
    await shows(place.querySelector('.in'), 'Anna Rossi');
  });

  it('makes its own instance from attributes, with a look of its own', async () => {
    await inner.define('contact-card', 'provider');
    const provider = await fixture<Provider>(html`
      <crm-provider backend="/nowhere" theme="dark">
        <crm-contact-card lang="en" .record=${giulia}></crm-contact-card>
      </crm-provider>
    `);
    const card = provider.querySelector('crm-contact-card')!;
    await waitUntil(() => nameIn(card), 'in time', patience);
    expect(getComputedStyle(shadowOf(card)!.host).colorScheme).to.equal('dark');
    provider.setAttribute('theme', 'light');
    await provider.updateComplete;
    expect(getComputedStyle(shadowOf(card)!.host).colorScheme).to.equal('light');
  });

  it('says that an attribute is wrong instead of throwing', async () => {
    await inner.define('provider');
    const place = document.createElement('div');
    const heard: string[] = [];
    place.addEventListener('crm-error', (event) => heard.push((event as CustomEvent<ErrorDetail>).detail.message));
    document.body.append(place);
    place.append(Object.assign(document.createElement('crm-provider'), { backend: '/nowhere', timeZone: 'Rome' }));
    await waitUntil(() => heard.length > 0, 'in time', patience);
    expect(heard[0]).to.include('`timeZone`');
    place.remove();
  });
});
