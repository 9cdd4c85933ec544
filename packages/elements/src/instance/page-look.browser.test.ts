import type { CrmError } from '@tessera-crm/model/errors.js';
import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { createCrm, type Crm } from '../crm.ts';
import type { ContactCard } from '../contact-card/contact-card.ts';
import type { Provider } from '../provider/provider.ts';
import { giulia, peopleStore } from '../test-support/people.ts';
import { shown } from '../test-support/shown.ts';
import { followPageLook, readPageLook } from './page-look.ts';
import { shadowOf } from '../test-support/inside-of.ts';

const patience = { timeout: 9_000 };

describe('the theme of the page', () => {
  const page = new CSSStyleSheet();
  let crm: Crm | undefined;
  let number = 0;

  beforeEach(() => {
    page.replaceSync(`
      body { background: #fdf6e3; color: #403020; font-family: Georgia, serif }
      html[data-theme='night'] body { background: #102030; color: #dde6ee }
      .shop-btn { background: #b4004e; color: #fff }
      h2 { font-family: Palatino }
    `);
    document.adoptedStyleSheets.push(page);
  });

  afterEach(async () => {
    delete document.documentElement.dataset['theme'];
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== page);
    await crm?.destroy();
  });

  const cardIn = async (isolation: 'soft' | 'strict'): Promise<ContactCard> => {
    const prefix = `page${number++}`;
    crm = createCrm({ backends: peopleStore(), prefix, isolation, appearance: { theme: 'inherit' } });
    await crm.define('contact-card', 'provider');
    const card = document.createElement(`${prefix}-contact-card`) as ContactCard;
    card.lang = 'en';
    card.record = giulia;
    (await fixture(html`<div><button class="shop-btn">Buy</button></div>`)).append(card);
    await shown(card, '.name');
    return card;
  };

  const colorsOf = (card: ContactCard) => {
    const box = getComputedStyle(shadowOf(card)!.querySelector('.card')!);
    return [
      box.backgroundColor,
      getComputedStyle(shadowOf(card)!.host).color,
      getComputedStyle(shadowOf(card)!.host).colorScheme,
    ];
  };

  for (const isolation of ['soft', 'strict'] as const)
    it(`is that of the elements from the start, ${isolation} ones too, and when it changes`, async () => {
      const card = await cardIn(isolation);
      expect(colorsOf(card)).to.deep.equal(['rgb(253, 246, 227)', 'rgb(64, 48, 32)', 'light']);
      expect(getComputedStyle(shadowOf(card)!.host).fontFamily).to.equal('Georgia, serif');
      document.documentElement.dataset['theme'] = 'night';
      await waitUntil(() => colorsOf(card)[2] === 'dark', 'follows', patience);
      expect(colorsOf(card).slice(0, 2)).to.deep.equal(['rgb(16, 32, 48)', 'rgb(221, 230, 238)']);
    });

  it('is read of a provider’s surroundings, and given up with another theme', async () => {
    const card = await cardIn('soft');
    page.insertRule('.dark { background: #000; color: #eee; font-family: monospace }');
    const aside = await fixture(html`<aside class="dark"></aside>`);
    const provider = document.createElement(`${crm!.prefix}-provider`) as Provider;
    Object.assign(provider, { backend: '/nowhere', theme: 'inherit' });
    provider.append(card);
    aside.append(provider);
    await waitUntil(() => colorsOf(card)[0] === 'rgb(0, 0, 0)', 'dark', patience);
    expect(getComputedStyle(shadowOf(card)!.host).fontFamily).to.equal('monospace');
    provider.theme = 'light';
    await provider.updateComplete;
    expect(colorsOf(card)[2]).to.equal('light');
  });

  it('has as accent the page’s accent colour, else that of its buttons, else that of its links', async () => {
    const place = await fixture(html`
      <div>
        <a href="#a">One</a>
        <button>Grey</button>
        <button class="shop-btn">Buy</button>
      </div>
    `);
    const accent = (): string | undefined => readPageLook(document.body).seeds.accent;
    expect(accent()).to.equal('#b4004e');
    page.insertRule('a { color: rgb(0 120 60) }');
    expect(accent()).to.equal('#b4004e');
    place.querySelector('.shop-btn')!.remove();
    expect(accent()).to.equal('#00783c');
    page.insertRule('body { accent-color: #0055ff }');
    expect(accent()).to.equal('#0055ff');
    page.deleteRule(0);
    page.deleteRule(0);
    expect(accent()).to.equal(undefined);
  });

  it('sees through what is half transparent, and takes the font of headings', async () => {
    const place = await fixture(html`<div class="veil"><h2>Shop</h2></div>`);
    page.insertRule('body { background: #fff }', page.cssRules.length);
    page.insertRule('.veil { background: rgb(0 0 0 / 50%) }');
    const { seeds, scheme } = readPageLook(place);
    expect(seeds.surface).to.equal('#7f7f7f');
    expect(scheme).to.equal('light');
    expect(seeds.headingFont).to.equal('Palatino');
  });

  it('is read once per change, however often the page changes its classes', async () => {
    let read = 0;
    const stop = followPageLook(document.body, () => read++);
    expect(read).to.equal(1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    read = 0;
    const start = performance.now();
    while (performance.now() - start < 400) {
      document.body.classList.toggle('scrolled');
      document.body.style.setProperty('--scroll', String(performance.now()));
      await new Promise(requestAnimationFrame);
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(read).to.be.within(1, 3);
    stop();
    document.body.classList.toggle('scrolled', true);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(read).to.be.within(1, 3);
    document.body.removeAttribute('class');
    document.body.removeAttribute('style');
  });
});

describe('design tokens', () => {
  let crm: Crm | undefined;
  afterEach(() => crm?.destroy());

  it('are the look of a page, and say by name what is amiss with them', async () => {
    const told: CrmError[] = [];
    const tokens = {
      acme: {
        color: {
          $type: 'color',
          brand: { $value: { colorSpace: 'srgb', components: [0, 0.5, 0.25] } },
          primary: { $value: '{acme.color.brand}' },
          danger: { $value: '{acme.color.nowhere}' },
        },
        radius: { $type: 'dimension', base: { $value: { value: 2, unit: 'px' } } },
      },
    };
    crm = createCrm({
      backends: peopleStore(),
      prefix: 'dt',
      appearance: { tokens, variables: { radius: '9px' } },
      onError: (error) => told.push(error),
    });
    await crm.define('contact-card');
    const style = getComputedStyle(document.documentElement);
    expect(style.getPropertyValue('--dt-accent')).to.equal('color(srgb 0 0.5 0.25 / 1)');
    expect(style.getPropertyValue('--dt-radius')).to.equal('9px');
    expect(told.map(({ code, message }) => `${code}: ${message}`)).to.deep.equal([
      'config: Design token "acme.color.danger": its alias {acme.color.nowhere} is no token.',
    ]);
    crm.update({ appearance: {} });
    expect(getComputedStyle(document.documentElement).getPropertyValue('--dt-accent')).to.equal('');
  });
});
