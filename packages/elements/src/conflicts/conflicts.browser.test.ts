import { create, remove, update } from '@tessera-crm/model/change.js';
import { CrmError } from '@tessera-crm/model/errors.js';
import type { Store } from '@tessera-crm/model/store.js';
import { createCache, type Cache } from '@tessera-crm/cache';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { BeforeSaveDetail } from '../frame/events.ts';
import { until } from '../test-support/board-page.ts';
import { testInstance, type TestInstance } from '../test-support/instance.ts';
import { dealStore, registry, sampleDeal, sampleId, stageId } from '../test-support/sample-deals.ts';
import { dependentSample, ruleSample } from '../test-support/sample-refusals.ts';
import { switchStore, type SwitchStore } from '../test-support/switch-store.ts';
import { withOutgoing } from '../test-support/with-outgoing.ts';
import { Conflicts } from './conflicts.ts';

Conflicts.define();

const chiller = sampleId(5, 99) as never;

const euros = (amount: string) => ({ amount, currency: 'EUR' });

describe('the inbox of refused changes', () => {
  let crm: TestInstance;
  let server: ReturnType<typeof dealStore>;
  let remote: SwitchStore;
  let cache: Cache;
  let element: Conflicts;

  beforeEach(async () => {
    server = dealStore(3);
    server.memory.fill('deals', [
      sampleDeal(99, { name: 'Chiller', stage: stageId('New'), amount: euros('1000.00'), nextStep: 'Call' }),
    ]);
    remote = switchStore(server);
    const identity = { type: 'user', id: sampleId(9, 1), admin: true } as const;
    cache = await createCache({ remote, name: crypto.randomUUID(), registry, identity, indexedDB: null, locks: null });
  });

  afterEach(async () => {
    crm.remove();
    await cache.close();
  });

  const all = (selector: string): readonly HTMLElement[] => [
    ...element.shadowRoot!.querySelectorAll<HTMLElement>(selector),
  ];
  const text = (selector = '.inbox'): string => (all(selector)[0]?.innerText ?? '').replaceAll(/\s+/g, ' ').trim();
  const press = (name: string): void => all(`[part="${name}"]`)[0]!.click();
  const side = (name: string, field: string): HTMLInputElement =>
    all(`input[value=${name}][data-field=${field}]`)[0] as HTMLInputElement;

  const show = async (store: Store = cache, template = html`<crm-conflicts lang="en"></crm-conflicts>`) => {
    crm = testInstance({ store, registry });
    element = await fixture<Conflicts>(template);
    await until(() => element.viewState !== 'loading', 'it is known what was refused');
    await element.updateComplete;
    return element;
  };

  const offline = (isOffline: boolean): void => remote.fail(isOffline ? new CrmError('network', 'No network.') : null);

  /** Amount and next step are changed here, and both by somebody else. */
  const conflict = async (): Promise<void> => {
    await cache.get('deals', chiller);
    offline(true);
    await cache.apply([
      update('deals', chiller, { amount: euros('2000.00'), nextStep: 'Mine', probability: '30.00' }, 1),
    ]);
    await server.apply([update('deals', chiller, { amount: euros('3000.00'), nextStep: 'Theirs' })]);
    offline(false);
    await until(() => cache.flush(), 'everything was sent');
    await until(() => cache.outgoing.refused().length === 1, 'it was refused');
  };

  it('is empty where nothing was refused', async () => {
    await show();
    expect(element.viewState).to.equal('empty');
    expect(text()).to.equal('Changes that were refused Nothing was refused');
    await expect(element).to.be.accessible();
  });

  it('shows what a field was, mine and theirs, and makes what was chosen of each', async () => {
    await conflict();
    await show();
    await until(() => text('.name') === 'Chiller', 'it has its name');
    expect(text()).to.match(/Amount It was: €1,000.00 Mine €2,000.00 Theirs.* €3,000.00/);
    expect(text('.typed')).to.match(/Changed along with it Probability 30/);
    await expect(element).to.be.accessible();
    side('mine', 'amount').click();
    side('theirs', 'nextStep').click();
    press('apply');
    await until(() => element.viewState === 'empty', 'it is settled');
    await cache.flush();
    const { amount, nextStep, probability } = await server.get('deals', chiller);
    expect([amount?.amount, nextStep, probability]).to.deep.equal(['2000.00', 'Theirs', '30.00']);
  });

  it('makes nothing before a value of every field is chosen, and leads to the first one missing', async () => {
    await conflict();
    await show();
    side('mine', 'amount').click();
    press('apply');
    await until(() => text('.field-error') === 'Choose one of the two', 'it is told');
    expect((element.shadowRoot!.activeElement as HTMLElement).dataset['field']).to.equal('nextStep');
    await expect(element).to.be.accessible();
    await sendKeys({ press: 'Space' });
    all('[part="apply"]')[0]!.focus();
    await sendKeys({ press: 'Enter' });
    await until(() => element.viewState === 'empty', 'it is settled by keyboard');
  });

  it('keeps an entry and shows what is new when somebody changed it again', async () => {
    await conflict();
    await show();
    await server.apply([update('deals', chiller, { amount: euros('4000.00') })]);
    side('mine', 'amount').click();
    side('mine', 'nextStep').click();
    press('apply');
    await until(() => /€4,000.00/.test(text()), 'the newer value is shown');
    expect((await server.get('deals', chiller)).amount?.amount).to.equal('4000.00');
    expect(cache.outgoing.refused()).to.have.length(1);
  });

  it('asks the page before it makes anything, and keeps the entry where the page says no', async () => {
    await conflict();
    await show();
    for (const field of ['amount', 'nextStep']) side('mine', field).click();
    const asked = oneEvent(element, 'crm-before-save');
    element.addEventListener('crm-before-save', (event) => event.preventDefault(), { once: true });
    press('apply');
    const { detail } = (await asked) as CustomEvent<BeforeSaveDetail>;
    expect([detail.module, detail.id, detail.op]).to.deep.equal(['deals', chiller, 'update']);
    expect(JSON.stringify(detail)).not.to.contain('Mine');
    await until(() => /did not allow it/.test(text()), 'it is told');
    expect(cache.outgoing.refused()).to.have.length(1);
    press('apply');
    await oneEvent(element, 'crm-save');
  });

  it('brings a deleted record back with my changes', async () => {
    await cache.get('deals', chiller);
    offline(true);
    await cache.apply([update('deals', chiller, { nextStep: 'Mine' }, 1)]);
    await server.apply([remove('deals', chiller)]);
    offline(false);
    await until(() => cache.outgoing.refused().length === 1, 'it was refused');
    await show();
    expect(text('.reasons')).to.equal('It was deleted meanwhile.');
    await expect(element).to.be.accessible();
    press('restore');
    await until(() => element.viewState === 'empty', 'it is settled');
    expect((await server.get('deals', chiller)).nextStep).to.equal('Mine');
  });

  it('stays as it is when there is no network to bring anything back by', async () => {
    await cache.get('deals', chiller);
    offline(true);
    await cache.apply([update('deals', chiller, { nextStep: 'Mine' }, 1)]);
    await server.apply([remove('deals', chiller)]);
    offline(false);
    await until(() => cache.outgoing.refused().length === 1, 'it was refused');
    await show();
    offline(true);
    await cache.get('deals', sampleId(5, 1) as never).catch(() => {});
    press('restore');
    await until(() => /You are offline/.test(text('.reasons')), 'it is told');
    expect(cache.outgoing.refused()).to.have.length(1);
  });

  it('shows all that was typed in, and asks once more before it throws that away', async () => {
    await show(withOutgoing(server, { refused: [ruleSample, dependentSample] }));
    await until(() => /Bianchi SpA/.test(text('.typed')), 'links have names');
    expect(text('.typed')).to.match(/Name Cooling plant .* Amount €48,000.00 Stage New Description Two units/);
    expect(text('.reasons')).to.match(/^Name: .*120/);
    expect(all('.reasons')[1]!.innerText).to.match(/It needs “Cooling plant for the new hall”/);
    press('discard');
    await element.updateComplete;
    await until(() => element.shadowRoot!.activeElement?.getAttribute('part') === 'keep', 'the safe way has the focus');
    await expect(element).to.be.accessible();
    await sendKeys({ press: 'Escape' });
    await until(() => !all('.question')[0], 'nothing is asked any more');
    expect(all('article')).to.have.length(2);
    press('discard');
    await until(() => all('.question')[0], 'it is asked');
    press('discard');
    await until(() => all('article').length === 1, 'it is gone');
    expect(text('[role=status]')).to.equal('Done. 1 is left.');
  });

  it('tries again what a rule refused, and says why it cannot be', async () => {
    const { apply } = server;
    const account = create('accounts', sampleId(3, 95) as never, { name: 'Neri' });
    (server as { apply: Store['apply'] }).apply = () => Promise.reject(new CrmError('forbidden', 'No.'));
    await cache.apply([account]);
    await until(() => cache.outgoing.refused().length === 1, 'it was refused');
    await show();
    expect(text('.reasons')).to.equal('You have no right to do that.');
    (server as { apply: Store['apply'] }).apply = apply;
    press('again');
    await until(() => element.viewState === 'empty', 'it is settled');
    await cache.flush();
    expect((await server.get('accounts', sampleId(3, 95) as never)).name).to.equal('Neri');
  });

  it('speaks Italian', async () => {
    await conflict();
    await show(cache, html`<crm-conflicts lang="it"></crm-conflicts>`);
    await until(() => /Prossimo passo Prima: Call Il mio Mine/.test(text()), 'it is told');
  });
});
