import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import type { ContactCard } from '../contact-card/contact-card.ts';
import { createCrm, type Crm } from '../crm.ts';
import type { PipelineBoard } from '../pipeline-board/pipeline-board.ts';
import type { Provider } from '../provider/provider.ts';
import { giulia, peopleStore } from '../test-support/people.ts';
import { shown } from '../test-support/shown.ts';
import { insideOf, shadowOf } from '../test-support/inside-of.ts';

/** A page that says something of everything, as old shops do. */
const hostilePage = `
  body {
    text-transform: uppercase; letter-spacing: 6px; word-spacing: 20px; text-indent: 40px; text-shadow: 2px 2px red;
    white-space: pre; line-height: 3; text-align: right; visibility: hidden; pointer-events: none; user-select: none;
    cursor: wait; font: italic small-caps 700 40px Impact; -webkit-text-fill-color: transparent; color: lime;
    -webkit-text-stroke: 2px red; word-break: break-all; hyphens: auto; tab-size: 20; list-style: square;
  }
`;

/** What a page's text must not bring in. */
const foreign = {
  textTransform: 'none',
  letterSpacing: 'normal',
  wordSpacing: '0px',
  textIndent: '0px',
  textShadow: 'none',
  whiteSpace: 'normal',
  textAlign: 'start',
  visibility: 'visible',
  pointerEvents: 'auto',
  userSelect: 'text',
  cursor: 'auto',
  fontStyle: 'normal',
  fontVariantCaps: 'normal',
  fontWeight: '400',
  webkitTextStrokeWidth: '0px',
  wordBreak: 'normal',
  hyphens: 'manual',
} as const;

const sheets: CSSStyleSheet[] = [];

const pageSays = (text: string): void => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  sheets.push(sheet);
  document.adoptedStyleSheets.push(sheet);
};

const pageIsQuiet = (): void => {
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => !sheets.includes(one));
  sheets.length = 0;
};

const boxOf = (element: Element): readonly number[] => {
  const { width, height } = element.getBoundingClientRect();
  return [Math.round(width), Math.round(height)];
};

/** Code is fetched file by file here, on a busy machine. */
const patience = { timeout: 9_000 };

describe('isolation', () => {
  let crm: Crm | undefined;
  let number = 0;

  afterEach(async () => {
    pageIsQuiet();
    await crm?.destroy();
  });

  const cardOf = async (options: Partial<Parameters<typeof createCrm>[0]> = {}): Promise<ContactCard> => {
    const prefix = `iso${number++}`;
    crm = createCrm({ backends: peopleStore(), prefix, ...options });
    await crm.define('contact-card');
    const card = document.createElement(`${prefix}-contact-card`) as ContactCard;
    card.lang = 'en';
    card.record = giulia;
    (await fixture(html`<div></div>`)).append(card);
    await shown(card, '.name');
    return card;
  };

  it('takes font and size of the page when it is soft, and nothing else', async () => {
    const card = await cardOf();
    pageSays(hostilePage);
    const style = getComputedStyle(shadowOf(card)!.host);
    expect(style.fontFamily).to.equal('Impact');
    expect(style.fontSize).to.equal('35px');
    for (const [name, value] of Object.entries(foreign))
      expect(style[name as keyof typeof foreign], name).to.equal(value);
    expect(style.webkitTextFillColor).to.equal(style.color);
    expect(style.color).not.to.equal('rgb(0, 255, 0)');
  });

  it('keeps direction and language, by which browsers choose glyphs', async () => {
    const card = await cardOf();
    card.parentElement!.dir = 'rtl';
    card.parentElement!.lang = 'zh';
    card.lang = 'ja';
    await waitUntil(() => (shadowOf(card)!.host as HTMLElement).lang === 'ja');
    const style = getComputedStyle(shadowOf(card)!.host);
    expect(style.direction).to.equal('rtl');
    expect(style.getPropertyValue('-webkit-locale')).to.equal('"ja"');
    card.removeAttribute('lang');
    await waitUntil(() => !shadowOf(card)!.host.hasAttribute('lang'));
    expect(getComputedStyle(shadowOf(card)!.host).getPropertyValue('-webkit-locale')).to.equal('"zh"');
  });

  it('takes nothing of the page when it is strict', async () => {
    const card = await cardOf({ isolation: 'strict' });
    const before = { ...fontOf(card) };
    pageSays(hostilePage);
    expect(fontOf(card)).to.deep.equal(before);
    expect(before.fontSize).to.equal('14px');
    for (const [name, value] of Object.entries(foreign))
      expect(getComputedStyle(shadowOf(card)!.host)[name as keyof typeof foreign], name).to.equal(value);
  });

  for (const [what, rule] of [
    ['unsets everything', '.at, .at * { all: unset !important }'],
    ['hides everything that is ours', '.at > * { display: none !important }'],
    [
      'squeezes and fades',
      '.at > * { max-height: 10px !important; overflow: hidden !important; opacity: 0.2 !important }',
    ],
    ['takes out of the flow', '.at > * { position: absolute !important; width: 1px !important; float: left }'],
  ] as const)
    it(`keeps its box to the pixel when it is strict and the page ${what}`, async () => {
      const card = await cardOf({ isolation: 'strict' });
      card.parentElement!.classList.add('at');
      const box = boxOf(card);
      const inner = boxOf(shadowOf(card)!.querySelector('.card')!);
      pageSays(rule);
      expect(boxOf(card)).to.deep.equal(box);
      expect(boxOf(shadowOf(card)!.querySelector('.card')!)).to.deep.equal(inner);
      expect(getComputedStyle(card).opacity).to.equal('1');
      expect(box[1]).to.be.greaterThan(200);
    });

  it('is hidden by `hidden` though it is strict, and has a density of its own', async () => {
    const card = await cardOf({ isolation: 'strict' });
    card.density = 'compact';
    await (insideOf<ContactCard>(card) ?? card).updateComplete;
    expect(getComputedStyle(shadowOf(card)!.host).fontSize).to.equal('13px');
    card.hidden = true;
    expect(getComputedStyle(card).display).to.equal('none');
  });

  it('is opened and closed to the page’s styles by `update`, and by another provider', async () => {
    const card = await cardOf();
    pageSays('.at > * { display: inline-block !important; font-style: italic }');
    card.parentElement!.classList.add('at');
    const display = (): string => getComputedStyle(card).display;
    expect(display()).to.equal('inline-block');
    crm!.update({ isolation: 'strict' });
    await waitUntil(() => display() === 'flex', 'closed', patience);
    crm!.update({ isolation: 'soft' });
    await waitUntil(() => display() === 'inline-block', 'open again', patience);
    await crm!.define('provider');
    const provider = document.createElement(`${crm!.prefix}-provider`) as Provider;
    Object.assign(provider, { backend: '/nowhere', isolation: 'strict', className: 'at' });
    card.parentElement!.append(provider);
    provider.append(card);
    await waitUntil(() => display() === 'flex', 'closed by the provider', patience);
    provider.before(card);
    await waitUntil(() => display() === 'inline-block', 'open outside of it', patience);
  });

  it('lets the page hide and move a soft element, but not take its box by unsetting everything', async () => {
    pageSays('*, .gone { all: unset }');
    const card = await cardOf();
    await waitUntil(() => getComputedStyle(card).display === 'flex', 'has a box again', patience);
    expect(boxOf(card)[1]).to.be.greaterThan(200);
    pageIsQuiet();
    pageSays('.gone { display: none }');
    const other = document.createElement(card.localName);
    other.className = 'gone';
    card.before(other);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(getComputedStyle(other).display).to.equal('none');
  });

  it('keeps the shape of a board, which is its host', async () => {
    const prefix = `iso${number++}`;
    crm = createCrm({ backends: peopleStore(), prefix, isolation: 'strict' });
    await crm.define('pipeline-board');
    const board = document.createElement(`${prefix}-pipeline-board`) as PipelineBoard;
    (await fixture(html`<div class="at"></div>`)).append(board);
    await (insideOf<PipelineBoard>(board) ?? board).updateComplete;
    const box = boxOf(board);
    pageSays('.at > * { all: unset !important; height: 3px !important }');
    expect(boxOf(board)).to.deep.equal(box);
    expect(getComputedStyle(board).display).to.equal('flex');
    expect(box[1]).to.be.greaterThan(300);
  });

  it('is as dense as the instance says, unless it says so itself', async () => {
    const card = await cardOf({ density: 'compact' });
    const size = (): string => getComputedStyle(shadowOf(card)!.host).fontSize;
    expect(size()).to.equal('13px');
    card.density = 'comfortable';
    await (insideOf<ContactCard>(card) ?? card).updateComplete;
    expect(size()).to.equal('15px');
    card.density = 'normal';
    await (insideOf<ContactCard>(card) ?? card).updateComplete;
    expect(size()).to.equal('14px');
    card.density = undefined;
    crm!.update({ density: 'comfortable' });
    await waitUntil(() => size() === '15px', 'follows', patience);
    crm!.update({ density: 'normal' });
    await waitUntil(() => size() === '14px', 'follows', patience);
  });

  it('leaves nothing on the page, and changes nothing of it', async () => {
    const before = { head: document.head.innerHTML, sheets: document.adoptedStyleSheets.length };
    const canary = await fixture<HTMLElement>(html`<p>Page</p>`);
    const look = { ...fontOf(canary) };
    const card = await cardOf({ isolation: 'strict', density: 'compact', appearance: { theme: 'contrast' } });
    expect(fontOf(canary)).to.deep.equal(look);
    expect(card.getAttributeNames()).to.deep.equal(['lang']);
    await crm!.destroy();
    crm = undefined;
    expect({ head: document.head.innerHTML, sheets: document.adoptedStyleSheets.length }).to.deep.equal(before);
  });
});

const fontOf = (element: Element): Readonly<Record<string, string>> => {
  const { fontFamily, fontSize, fontWeight, lineHeight, color, letterSpacing } = getComputedStyle(
    shadowOf(element)?.host ?? element,
  );
  return { fontFamily, fontSize, fontWeight, lineHeight, color, letterSpacing };
};
