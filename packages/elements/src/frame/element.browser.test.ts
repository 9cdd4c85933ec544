import { CrmError } from '@tessera-crm/model/errors.js';
import { aTimeout, expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import { testInstance, type TestInstance } from '../test-support/instance.ts';
import { Probe, probeId, probeStore } from '../test-support/probe.ts';
import { switchStore } from '../test-support/switch-store.ts';

Probe.define();
Probe.define('acme-probe');

const textOf = (element: Element, selector: string): string | undefined =>
  element.shadowRoot?.querySelector(selector)?.textContent?.trim();

/** On a busy machine. */
const patience = { timeout: 8_000 };

const shows = (element: Element, selector: string, text: string): Promise<void> =>
  waitUntil(() => textOf(element, selector) === text, `${selector} shows ${text}`, patience);

describe('an element', () => {
  let crm: TestInstance | undefined;
  afterEach(() => crm?.remove());

  it('waits with a skeleton until there is an instance, then shows its record', async () => {
    const element = await fixture<Probe>(html`<crm-probe record=${probeId(1)}></crm-probe>`);
    expect(element.matches(':state(loading)')).to.equal(true);
    crm = testInstance({ store: probeStore(1) });
    await oneEvent(element, 'crm-ready');
    await shows(element, '.hello', 'Hello Note 001');
    expect(element.matches(':state(ready)')).to.equal(true);
  });

  it('takes the nearest lang, and follows it when it changes', async () => {
    crm = testInstance({ store: probeStore(1), locale: 'en' });
    const outer = await fixture(html`<div lang="it"><crm-probe record=${probeId(1)}></crm-probe></div>`);
    const element = outer.querySelector('crm-probe')!;
    await shows(element, '.hello', 'Ciao Note 001');
    outer.setAttribute('lang', 'en');
    await shows(element, '.hello', 'Hello Note 001');
    outer.setAttribute('lang', 'not a language!');
    crm.update({ locale: 'it-CH' });
    await shows(element, '.hello', 'Ciao Note 001');
  });

  it('takes the nearest lang and dir through shadow roots, and follows them there', async () => {
    crm = testInstance({ store: probeStore(1) });
    const outer = await fixture<HTMLElement>(html`<div lang="it" dir="rtl"></div>`);
    const root = outer.attachShadow({ mode: 'open' });
    const inner = document.createElement('section');
    const element = document.createElement('crm-probe') as Probe;
    element.record = probeId(1);
    inner.append(element);
    root.append(inner);
    await shows(element, '.hello', 'Ciao Note 001');
    expect(element.direction).to.equal('rtl');
    inner.lang = 'en';
    await shows(element, '.hello', 'Hello Note 001');
    inner.removeAttribute('lang');
    await shows(element, '.hello', 'Ciao Note 001');
    inner.dir = 'ltr';
    expect(element.direction).to.equal('ltr');
  });

  it('follows language and direction of the whole page, and words of the page that change', async () => {
    crm = testInstance({ store: probeStore(1) });
    const page = document.documentElement;
    const before = { lang: page.lang, dir: page.dir };
    const element = await fixture<Probe>(html`<crm-probe record=${probeId(1)}></crm-probe>`);
    page.lang = 'it';
    await shows(element, '.hello', 'Ciao Note 001');
    page.dir = 'rtl';
    expect(element.direction).to.equal('rtl');
    crm.update({ messages: { it: { 'probe.hello': 'Salve {name}' } } });
    await shows(element, '.hello', 'Salve Note 001');
    page.lang = 'he';
    await shows(element, '.hello', '\u2068Hello Note 001\u2069');
    Object.assign(page, before);
  });

  it('falls back to English and says so when a language cannot be fetched', async () => {
    crm = testInstance({ store: probeStore(1) });
    const element = await fixture<Probe>(html`<crm-probe lang="xx" record=${probeId(1)}></crm-probe>`);
    await shows(element, '.hello', 'Hello Note 001');
    expect(crm.errors.map(({ code }) => code)).to.deep.equal(['load-failed']);
  });

  it('lets the page word its sentences', async () => {
    crm = testInstance({ store: probeStore(1), messages: { en: { 'probe.hello': 'Hi {name}' } } });
    const element = await fixture<Probe>(html`<crm-probe lang="en" record=${probeId(1)}></crm-probe>`);
    await shows(element, '.hello', 'Hi Note 001');
  });

  it('keeps data in sight when the network goes, and recovers by itself', async () => {
    const store = switchStore(probeStore(1));
    crm = testInstance({ store });
    const element = await fixture<Probe>(html`<crm-probe lang="en" record=${probeId(1)}></crm-probe>`);
    await shows(element, '.hello', 'Hello Note 001');
    setTimeout(() => store.fail(new CrmError('network', 'gone')));
    await oneEvent(element, 'crm-offline');
    expect(element.matches(':state(offline)')).to.equal(true);
    expect(textOf(element, '.hello')).to.equal('Hello Note 001');
    await waitUntil(() => textOf(element, '.note')?.includes('offline'), 'says so', patience);
    setTimeout(() => store.fail(null));
    await oneEvent(element, 'crm-online');
    expect(element.matches(':state(ready)')).to.equal(true);
  });

  it('shows an error with a way to try again, and reports it', async () => {
    const store = switchStore(probeStore(1));
    crm = testInstance({ store });
    store.fail(new CrmError('internal', 'broken', { requestId: 'r-7' }));
    const element = await fixture<Probe>(html`<crm-probe lang="en" record=${probeId(1)}></crm-probe>`);
    await waitUntil(() => element.matches(':state(error)'), 'in time', patience);
    expect(textOf(element, '.message-detail')).to.contain('r-7');
    expect(crm.errors.map(({ code }) => code)).to.deep.equal(['internal']);
    await expect(element).to.be.accessible();
    store.fail(null);
    element.shadowRoot!.querySelector('button')!.click();
    await shows(element, '.hello', 'Hello Note 001');
  });

  for (const [code, state] of [
    ['forbidden', 'forbidden'],
    ['auth-required', 'forbidden'],
    ['not-found', 'empty'],
    ['schema-mismatch', 'error'],
  ] as const) {
    it(`shows ${code} as ${state}`, async () => {
      const store = switchStore(probeStore(1));
      store.fail(new CrmError(code, 'no'));
      crm = testInstance({ store });
      const element = await fixture<Probe>(html`<crm-probe lang="en" record=${probeId(1)}></crm-probe>`);
      await waitUntil(() => element.matches(`:state(${state})`), 'in time', patience);
      await expect(element).to.be.accessible();
    });
  }

  it('goes on when somebody who had to sign in has done so', async () => {
    const store = switchStore(probeStore(1));
    store.fail(new CrmError('token-rejected', 'ended'));
    crm = testInstance({ store });
    const element = await fixture<Probe>(html`<crm-probe lang="en" record=${probeId(1)}></crm-probe>`);
    await waitUntil(() => element.shadowRoot?.querySelector('button'), 'offers to try again', patience);
    store.fail(null);
    element.shadowRoot!.querySelector('button')!.click();
    await shows(element, '.hello', 'Hello Note 001');
  });

  it('appends pages, and follows changes in all of them', async () => {
    const store = probeStore(7);
    crm = testInstance({ store });
    const element = await fixture<Probe>(html`<crm-probe lang="en" limit="3"></crm-probe>`);
    await shows(element, '.things', '3 things');
    element.many.more();
    await shows(element, '.things', '6 things');
    await store.apply([{ op: 'update', module: 'probes', id: probeId(5), values: { title: 'Note 005b' } }]);
    await waitUntil(() => element.shadowRoot!.textContent!.includes('Note 005b'), 'in time', patience);
    await store.apply([{ op: 'update', module: 'probes', id: probeId(7), values: { title: 'Note 000' } }]);
    await waitUntil(() => element.shadowRoot!.querySelector('li')?.textContent === 'Note 000', 'in time', patience);
    element.many.more();
    await shows(element, '.things', '7 things');
    expect(element.many.hasMore).to.equal(false);
    const titles = [...element.shadowRoot!.querySelectorAll('li')].map((item) => item.textContent);
    expect(titles).to.deep.equal(['000', '001', '002', '003', '004', '005b', '006'].map((number) => `Note ${number}`));
  });

  it('carries its prefix into events and tokens', async () => {
    crm = testInstance({ store: probeStore(1), prefix: 'acme' });
    const element = document.createElement('acme-probe') as Probe;
    element.record = probeId(1);
    element.lang = 'en';
    const outer = await fixture(html`<div></div>`);
    setTimeout(() => outer.append(element));
    await oneEvent(outer, 'acme-ready');
    element.style.setProperty('--crm-text', 'rgb(1, 1, 1)');
    element.style.setProperty('--acme-text', 'rgb(2, 2, 2)');
    expect(getComputedStyle(element.shadowRoot!.querySelector('.hello')!).color).to.equal('rgb(2, 2, 2)');
  });

  it('says what became of a tag', () => {
    expect(Probe.define()).to.equal('reused');
    customElements.define('crm-somebody', class extends HTMLElement {});
    expect(Probe.define('crm-somebody')).to.equal('conflict');
    expect(Probe.define('not valid')).to.equal('conflict');
  });

  it('reads only when it comes into sight, if asked to', async () => {
    crm = testInstance({ store: probeStore(1) });
    const page = await fixture(
      html`<div>
        <div class="far"></div>
        <crm-probe lang="en" loading="visible" record=${probeId(1)}></crm-probe>
      </div>`,
    );
    (page.querySelector('.far') as HTMLElement).style.blockSize = '5000px';
    const element = page.querySelector('crm-probe') as Probe;
    await element.updateComplete;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    expect(element.matches(':state(loading)')).to.equal(true);
    element.scrollIntoView();
    await shows(element, '.hello', 'Hello Note 001');
  });

  it('stops watching when it leaves the page, and goes on when it comes back', async () => {
    const store = probeStore(1);
    crm = testInstance({ store });
    const element = await fixture<Probe>(html`<crm-probe lang="en" record=${probeId(1)}></crm-probe>`);
    await shows(element, '.hello', 'Hello Note 001');
    const parent = element.parentElement!;
    element.remove();
    await aTimeout(0);
    await store.apply([{ op: 'update', module: 'probes', id: probeId(1), values: { title: 'Changed' } }]);
    expect(textOf(element, '.hello')).to.equal('Hello Note 001');
    parent.append(element);
    await shows(element, '.hello', 'Hello Changed');
  });

  it('keeps what it shows when it is moved', async () => {
    crm = testInstance({ store: probeStore(5) });
    const page = await fixture(
      html`<div>
        <crm-probe lang="en" limit="2"></crm-probe>
        <section></section>
      </div>`,
    );
    const element = page.querySelector('crm-probe') as Probe;
    await shows(element, '.things', '2 things');
    element.many.more();
    await shows(element, '.things', '4 things');
    page.querySelector('section')!.append(element);
    await element.updateComplete;
    expect(textOf(element, '.things')).to.equal('4 things');
    element.remove();
    element.requestUpdate();
    await element.updateComplete;
    page.append(element);
    await element.updateComplete;
    expect(textOf(element, '.things')).to.equal('4 things');
  });
});
