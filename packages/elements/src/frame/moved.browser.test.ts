import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { html as template } from 'lit';
import { testInstance, type TestInstance } from '../test-support/instance.ts';
import { Provider } from '../provider/provider.ts';
import { peopleStore } from '../test-support/people.ts';
import { CrmElement } from './element.ts';

/** Counts what begins and ends in its life on a page. */
class Walker extends CrmElement {
  static override readonly element = 'walker';
  begun = 0;
  ended = 0;

  constructor() {
    super();
    this.addController({ hostConnected: () => void this.begun++, hostDisconnected: () => void this.ended++ });
  }

  get signal(): AbortSignal {
    return this.connection;
  }

  protected override renderContent(): unknown {
    return template`<p>${this.locale}</p>`;
  }
}

Walker.define();

const moment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('an element that is moved', () => {
  let crm: TestInstance;
  beforeEach(() => {
    crm = testInstance({ store: peopleStore() });
  });
  afterEach(() => crm.remove());

  const places = (): Promise<HTMLElement> =>
    fixture(html`
      <div>
        <div id="one" lang="en"><crm-walker></crm-walker></div>
        <div id="other" lang="it"></div>
      </div>
    `);
  const walkerIn = async (page: HTMLElement): Promise<Walker> => {
    const walker = page.querySelector('crm-walker') as Walker;
    await walker.updateComplete;
    await waitUntil(() => walker.shadowRoot?.querySelector('p'));
    return walker;
  };

  it('goes on with all that it is doing, and speaks the language of its new place', async () => {
    const page = await places();
    const walker = await walkerIn(page);
    const { signal } = walker;
    page.querySelector('#other')!.append(walker);
    await moment();
    expect([walker.begun, walker.ended, signal.aborted]).to.deep.equal([1, 0, false]);
    await waitUntil(() => walker.shadowRoot!.textContent!.trim() === 'it');
  });

  it('goes on also when what moves it waits for promises in between, as Turbo does', async () => {
    const page = await places();
    const walker = await walkerIn(page);
    const { signal } = walker;
    walker.remove();
    for (let turns = 0; turns < 20; turns++) await Promise.resolve();
    page.append(walker);
    await moment();
    expect([walker.begun, walker.ended, signal.aborted]).to.deep.equal([1, 0, false]);
  });

  it('ends when it is taken away, a moment later and once, and begins again when it comes back', async () => {
    const page = await places();
    const walker = await walkerIn(page);
    const { signal } = walker;
    walker.remove();
    page.append(walker);
    walker.remove();
    await moment();
    expect([walker.begun, walker.ended, signal.aborted]).to.deep.equal([1, 1, true]);
    page.append(walker);
    expect([walker.begun, walker.signal.aborted]).to.deep.equal([2, false]);
  });

  it('asks for nothing from the moment it is taken away, and makes up for it when it comes back', async () => {
    let updates = 0;
    const page = await places();
    const walker = await walkerIn(page);
    walker.addController({ hostUpdate: () => void updates++ });
    walker.requestUpdate();
    walker.remove();
    crm.become('ann');
    await walker.updateComplete;
    await moment();
    walker.requestUpdate();
    await walker.updateComplete;
    expect(updates).to.equal(0);
    page.append(walker);
    await walker.updateComplete;
    expect(updates).to.equal(1);
  });

  it('keeps its instance when the provider around it is moved, and takes another one’s when it goes there', async () => {
    Provider.define('crm-provider');
    const page = await fixture<HTMLElement>(html`
      <div>
        <crm-provider backend="/one"><crm-walker lang="en"></crm-walker></crm-provider>
        <crm-provider backend="/other"></crm-provider>
      </div>
    `);
    const walker = await walkerIn(page);
    const [one, other] = page.querySelectorAll('crm-provider');
    const { crm: instance } = walker;
    other!.after(one!);
    await moment();
    expect(walker.crm === instance, 'the same').to.equal(true);
    other!.append(walker);
    expect(walker.source?.url).to.equal('/other');
    page.append(walker);
    expect(walker.crm === crm, 'that of the page').to.equal(true);
  });

  it('begins anew under another root, up to which it listens', async () => {
    const page = await places();
    const walker = await walkerIn(page);
    const root = page.querySelector('#other')!.attachShadow({ mode: 'open' });
    root.append(walker);
    await moment();
    expect([walker.begun, walker.ended]).to.deep.equal([2, 1]);
  });
});
