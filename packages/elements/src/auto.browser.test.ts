import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { followTags } from './instance/follow-tags.ts';
import { readScript } from './instance/read-script.ts';
import { reserveSpace } from './instance/reserved-space.ts';
import type { ContactCard } from './contact-card/contact-card.ts';
import { giulia } from './test-support/people.ts';

const script = (attributes: Record<string, string>): HTMLScriptElement => {
  const element = document.createElement('script');
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
};

describe('the script tag', () => {
  it('reads its set-up from attributes', () => {
    const { getToken, ...options } = readScript(
      script({
        'data-backend': '/crm',
        'data-token-url': '/token',
        'data-prefix': 'acme',
        'data-locale': 'it',
        'data-theme': 'dark',
        'data-isolation': 'strict',
        'data-density': 'compact',
        'data-user': 'u-17',
      }),
    );
    expect(options).to.deep.equal({
      backends: '/crm',
      prefix: 'acme',
      locale: 'it',
      identity: 'u-17',
      isolation: 'strict',
      density: 'compact',
      appearance: { theme: 'dark' },
    });
    expect(getToken).to.be.a('function');
  });

  it('takes the page’s own origin without a backend', () => {
    expect(readScript(script({}))).to.deep.equal({ backends: '' });
  });

  it('passes a token of the page on, once', async () => {
    const { getToken } = readScript(script({ 'data-token': 'abc' }));
    const { signal } = new AbortController();
    expect(await getToken?.({ reason: 'initial', backend: 'main', signal })).to.deep.equal({
      token: 'abc',
      expiresIn: Infinity,
    });
    const again = await getToken?.({ reason: 'rejected', backend: 'main', signal }).then(
      () => 'given',
      () => 'refused',
    );
    expect(again).to.equal('refused');
  });

  it('finds tags that are there and tags that come, each once', async () => {
    const found: string[] = [];
    const place = await fixture(html`<div><fresh-contact-card></fresh-contact-card></div>`);
    const stop = followTags('fresh', (name) => void found.push(name));
    expect(found).to.deep.equal(['contact-card']);
    const later = document.createElement('section');
    later.append(document.createElement('fresh-provider'), document.createElement('fresh-contact-card'));
    place.append(later, document.createElement('fresh-nothing'));
    await waitUntil(() => found.length === 2);
    expect(found).to.deep.equal(['contact-card', 'provider']);
    stop();
    place.append(document.createElement('fresh-ticket-form'));
    await new Promise((resolve) => setTimeout(resolve));
    expect(found.length).to.equal(2);
  });

  it('keeps room until the code is there, and the page has the last word', async () => {
    const before = document.adoptedStyleSheets.length;
    const release = reserveSpace('room');
    const place = await fixture(html`<div><room-contact-card></room-contact-card></div>`);
    const card = place.querySelector('room-contact-card')!;
    expect(card.getBoundingClientRect().height).to.equal(348);
    expect(getComputedStyle(card).display).to.equal('block');
    card.setAttribute('hidden', '');
    expect(card.getBoundingClientRect().height).to.equal(0);
    release();
    expect(document.adoptedStyleSheets.length).to.equal(before);
  });

  it('sets a page up when it runs: one instance for each tag that brought it', async () => {
    const url = new URL('./auto.ts', import.meta.url).href;
    const tag = script({ type: 'module', src: url, 'data-backend': '/nowhere', 'data-prefix': 'auto' });
    const page = await fixture(html`<div><auto-contact-card lang="en"></auto-contact-card></div>`);
    const card = page.querySelector('auto-contact-card') as ContactCard;
    expect(card.getBoundingClientRect().height).to.equal(0);
    const sheets = document.adoptedStyleSheets.length;
    document.head.append(tag);
    await customElements.whenDefined('auto-contact-card');
    card.record = giulia;
    await waitUntil(() => card.shadowRoot?.querySelector('.name')?.textContent?.trim() === 'Giulia Rossi', 'the card', {
      timeout: 8_000,
    });
    const { instances } = await import('./auto.ts');
    expect(instances.map(({ prefix }) => prefix)).to.deep.equal(['auto']);
    await instances[0]?.destroy();
    expect(document.adoptedStyleSheets.length).to.equal(sheets);
    tag.remove();
  });
});
