import { aTimeout, expect, fixture, html, waitUntil } from '@open-wc/testing';
import { createCrm } from './crm.ts';
import { shellNames } from './instance/define-elements.ts';
import { followTags } from './instance/follow-tags.ts';
import { readScript } from './instance/read-script.ts';
import type { ContactCard } from './contact-card/contact-card.ts';
import { insideOf } from './test-support/inside-of.ts';
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
    const request = { backend: 'main', scope: undefined, signal: new AbortController().signal };
    expect(await getToken?.({ ...request, reason: 'initial' })).to.deep.equal({ token: 'abc', expiresIn: Infinity });
    expect(await getToken?.({ ...request, reason: 'rejected' })).to.equal(null);
  });

  it('registers all tags at once, and the provider when the page has one', async () => {
    const crm = createCrm({ backends: '/nowhere', prefix: 'fresh' });
    const stop = followTags(crm);
    expect(customElements.get('fresh-contact-card'), 'a tag').not.to.equal(undefined);
    expect(customElements.get('fresh-provider'), 'the provider').to.equal(undefined);
    await fixture(html`<fresh-provider></fresh-provider>`);
    await customElements.whenDefined('fresh-provider');
    stop();
    await crm.destroy();
  });

  it('leaves the provider to another copy that has registered the tags of the prefix before', async () => {
    const others = createCrm({ backends: '/nowhere', prefix: 'shared' });
    await others.define(shellNames);
    const crm = createCrm({ backends: '/nowhere', prefix: 'shared' });
    const stop = followTags(crm);
    await fixture(html`<shared-provider></shared-provider>`);
    // As long as the file takes, and more
    await import('./provider/provider.ts');
    await aTimeout(100);
    expect(customElements.get('shared-provider')).to.equal(undefined);
    stop();
    await crm.destroy();
    await others.destroy();
  });

  it('puts elements where markup names them by an attribute, with attributes of their own and nothing else', async () => {
    const crm = createCrm({ backends: '/nowhere', prefix: 'named' });
    const page = await fixture(html`
      <div>
        <div data-named="contact-card" data-record="r-1" data-heading-level="2" data-onclick="alert(1)"><br /></div>
        <div data-named="provider"></div>
        <div data-named="no-such"></div>
      </div>
    `);
    const stop = followTags(crm);
    const [place, ...others] = page.querySelectorAll('[data-named]');
    await waitUntil(() => place!.querySelector('named-contact-card'), 'the card', { timeout: 8_000 });
    const attributes = [...place!.firstElementChild!.attributes].map((one) => [one.name, one.value]);
    expect(attributes).to.deep.equal([
      ['record', 'r-1'],
      ['heading-level', '2'],
    ]);
    expect(others.map((one) => one.childElementCount)).to.deep.equal([0, 0]);
    const late = document.createElement('p');
    late.dataset['named'] = 'record-list';
    page.append(late);
    await waitUntil(() => late.querySelector('named-record-list'), 'what comes later');
    expect(place!.children.length).to.equal(1);
    stop();
    await crm.destroy();
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
    await waitUntil(
      () => insideOf(card)?.shadowRoot?.querySelector('.name')?.textContent?.trim() === 'Giulia Rossi',
      'the card',
      {
        timeout: 8_000,
      },
    );
    const { instances } = await import('./auto.ts');
    expect(instances.map(({ prefix }) => prefix)).to.deep.equal(['auto']);
    await instances[0]?.destroy();
    expect(document.adoptedStyleSheets.length).to.equal(sheets);
    tag.remove();
  });
});
