import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import { memoryStore } from '@tessera-crm/model/testing/memory-store.js';
import { aTimeout, expect, fixture, html, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { Desk } from '../test-support/desk.ts';
import { testInstance, type TestInstance } from '../test-support/instance.ts';

Desk.define();

const registry = builtInRegistry();

const record = (module: string, id: number, values: Record<string, unknown>) => ({
  ...Object.fromEntries(Object.keys(registry.get(module).fields).map((name) => [name, null])),
  id: `0190aaaa-0000-7000-8000-${String(id).padStart(12, '0')}`,
  version: 1,
  ...values,
});

const filledStore = () => {
  const store = memoryStore({ registry });
  store.memory.fill('accounts', [
    record('accounts', 1, { name: 'Rossi Impianti' }),
    record('accounts', 2, { name: '<b>Brambilla</b> & Figli' }),
  ]);
  store.memory.fill('users', [
    record('users', 3, { name: { salutation: null, first: 'Anna', middle: null, last: 'Bianchi', suffix: null } }),
  ]);
  store.memory.fill('groups', [record('groups', 4, { name: 'Sales' })]);
  return store;
};

describe('a field', () => {
  let crm: TestInstance;
  beforeEach(() => {
    crm = testInstance({ store: filledStore(), registry });
  });
  afterEach(() => crm.remove());

  const desk = (fields: string, { locale = 'en', start = {} } = {}): Promise<Desk> =>
    fixture<Desk>(html`<crm-desk lang=${locale} fields=${fields} .start=${start}></crm-desk>`);
  const input = <T extends HTMLElement = HTMLInputElement>(element: Desk, name: string): T =>
    element.shadowRoot!.querySelector<T>(`#field-${name}`)!;
  const errorOf = (element: Desk): string | undefined =>
    element.shadowRoot!.querySelector('.field-error')?.textContent?.trim();
  const type = async (element: Desk, name: string, text: string): Promise<void> => {
    const field = input(element, name);
    field.focus();
    field.select?.();
    await sendKeys({ type: text });
    await element.updateComplete;
  };
  const leave = async (element: Desk): Promise<void> => {
    (element.shadowRoot!.activeElement as HTMLElement | null)?.blur();
    await element.updateComplete;
  };

  it("says what a server refused by the rules of all our sentences, in its own words or the model's", async () => {
    const element = await desk('name');
    element.draft.refuse([{ path: '/name', code: 'too-long', params: { max: 65_536 } }]);
    await element.updateComplete;
    expect(errorOf(element)).to.equal('Too long: at most 65,536');
    crm.update({ messages: { en: { 'desk.issue.too-long.max': '{max} letters will do' } } });
    await waitUntil(() => errorOf(element) === '65,536 letters will do');
    element.draft.refuse([{ path: '/name', code: 'one-of', params: { fields: ['account', 'lead'] } }]);
    await waitUntil(() => errorOf(element) === 'At least one of these is needed: Account, Lead.');
  });

  it('has its label, and says to everybody that it is required', async () => {
    const element = await desk('name');
    const { labels, required } = input(element, 'name');
    expect(labels?.[0]?.textContent?.trim()).to.equal('Name*');
    expect(required).to.equal(true);
  });

  it('reads decimal commas where people write them, and shows the number their way afterwards', async () => {
    const element = await desk('weight', { locale: 'it' });
    await waitUntil(() => input(element, 'weight'));
    await type(element, 'weight', '1234,5');
    expect(element.draft.values['weight']).to.equal('1234.500');
    expect(input(element, 'weight').value).to.equal('1234,5');
    await leave(element);
    expect(input(element, 'weight').value).to.equal('1.234,5');
  });

  it('keeps text that is no number as it was typed, and says so once the person has left', async () => {
    const element = await desk('weight');
    await type(element, 'weight', '12 apples');
    expect(errorOf(element)).to.equal(undefined);
    await leave(element);
    expect(input(element, 'weight').value).to.equal('12 apples');
    expect(errorOf(element)).to.equal('Enter a number');
    expect(input(element, 'weight').getAttribute('aria-invalid')).to.equal('true');
    const describing = input(element, 'weight').getAttribute('aria-describedby')!;
    expect(element.shadowRoot!.getElementById(describing)?.textContent?.trim()).to.equal('Enter a number');
    await type(element, 'weight', '12');
    expect(errorOf(element)).to.equal(undefined);
    expect(element.draft.values['weight']).to.equal('12.000');
  });

  it('keeps the currency of an amount, and takes one that is typed', async () => {
    const element = await desk('price', { start: { price: { amount: '5.00', currency: 'USD' } } });
    await type(element, 'price', '1,250.5');
    expect(element.draft.values['price']).to.deep.equal({ amount: '1250.50', currency: 'USD' });
    await type(element, 'price', '7 CHF');
    await leave(element);
    expect(element.draft.values['price']).to.deep.equal({ amount: '7.00', currency: 'CHF' });
    expect(element.shadowRoot!.querySelector<HTMLSelectElement>('.currency')?.value).to.equal('CHF');
  });

  it('shows instants in the zone of the person and gives them back in UTC', async () => {
    const element = await desk('meeting', { start: { meeting: '2026-07-01T08:00:00.000Z' } });
    expect(input(element, 'meeting').value).to.equal('2026-07-01T10:00');
    input(element, 'meeting').value = '2026-12-01T10:00';
    input(element, 'meeting').dispatchEvent(new Event('change'));
    expect(element.draft.values['meeting']).to.equal('2026-12-01T09:00:00.000Z');
  });

  it('stores what is typed into formatted text as text, and shows it again as typed', async () => {
    const element = await desk('story');
    await type(element, 'story', '<script>alert(1)</script> & so');
    await leave(element);
    expect(element.draft.values['story']).to.equal('<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; so</p>');
    expect(input(element, 'story').value).to.equal('<script>alert(1)</script> & so');
  });

  it('says that formatting is lost before somebody loses it', async () => {
    const element = await desk('story', { start: { story: '<p>a <b>bold</b> word</p>' } });
    expect(element.shadowRoot!.querySelector('.hint')?.textContent).to.contain('formatting');
    expect(input(element, 'story').value).to.equal('a bold word');
  });

  it('offers options in their order and leaves an old value that is no option any more', async () => {
    const element = await desk('priority,size', { start: { priority: 'ancient' } });
    const options = (name: string) => [...input<HTMLSelectElement>(element, name).options].map(({ value }) => value);
    expect(options('priority')).to.deep.equal(['ancient', 'low', 'normal', 'high']);
    expect(options('size')).to.deep.equal(['', 'small', 'large']);
  });

  it('chooses stars by arrows', async () => {
    const element = await desk('stars', { start: { stars: 2 } });
    element.shadowRoot!.querySelectorAll<HTMLInputElement>('.star input')[1]!.focus();
    await sendKeys({ press: 'ArrowRight' });
    expect(element.draft.values['stars']).to.equal(3);
  });

  it('finds a record by the keyboard alone, and shows its name as text', async () => {
    const element = await desk('account');
    input(element, 'account').focus();
    await sendKeys({ type: 'bramb' });
    await waitUntil(() => element.shadowRoot!.querySelectorAll('.option').length === 1);
    const list = element.shadowRoot!.querySelector('[role=listbox]')!;
    expect(list.matches(':popover-open')).to.equal(true);
    expect(input(element, 'account').getAttribute('aria-activedescendant')).to.equal('field-account-0');
    await sendKeys({ press: 'Enter' });
    await element.updateComplete;
    expect(element.draft.values['account']).to.equal('0190aaaa-0000-7000-8000-000000000002');
    expect(input(element, 'account').value).to.equal('<b>Brambilla</b> & Figli');
    expect(list.matches(':popover-open')).to.equal(false);
  });

  it('closes its list by Escape without closing what is around it', async () => {
    const element = await desk('account');
    let heard = 0;
    element.addEventListener('keydown', () => heard++);
    input(element, 'account').focus();
    await sendKeys({ press: 'ArrowDown' });
    await waitUntil(() => element.shadowRoot!.querySelectorAll('.option').length === 2);
    const before = heard;
    await sendKeys({ press: 'Escape' });
    await element.updateComplete;
    expect(element.shadowRoot!.querySelector('[role=listbox]')!.matches(':popover-open')).to.equal(false);
    expect(heard).to.equal(before);
  });

  it('searches all modules to which a link may point, and writes each in its own form', async () => {
    const element = await desk('answers');
    input(element, 'answers').focus();
    await sendKeys({ type: 'a' });
    await waitUntil(() => element.shadowRoot!.querySelectorAll('.option').length === 2);
    await sendKeys({ press: 'Enter' });
    expect(element.draft.values['answers']).to.deep.equal({ type: 'user', id: '0190aaaa-0000-7000-8000-000000000003' });
  });

  it('takes own words where any are allowed, once each, however fast somebody types', async () => {
    const element = await desk('labels');
    input(element, 'labels').focus();
    for (const word of ['vip', 'fiera', 'VIP']) {
      await sendKeys({ type: word });
      await sendKeys({ press: 'Enter' });
      await element.updateComplete;
    }
    expect(element.draft.values['labels']).to.deep.equal(['vip', 'fiera']);
    for (let key = 0; key < 4; key++) await sendKeys({ press: 'Backspace' });
    expect(element.draft.values['labels']).to.deep.equal(['vip']);
  });

  it('takes own words of those who type slowly, when nothing like them was found', async () => {
    const element = await desk('labels');
    input(element, 'labels').focus();
    for (const word of ['vip', 'fiera']) {
      await sendKeys({ type: word });
      const shown = (): string => element.shadowRoot!.querySelector('.option')?.textContent ?? '';
      await waitUntil(() => shown().includes(word));
      await aTimeout(250);
      await sendKeys({ press: 'Enter' });
      await element.updateComplete;
    }
    expect(element.draft.values['labels']).to.deep.equal(['vip', 'fiera']);
  });

  it('joins the parts of a value, and is empty when all of them are', async () => {
    const element = await desk('place');
    const city = element.shadowRoot!.querySelector<HTMLInputElement>('#field-place-city')!;
    city.focus();
    await sendKeys({ type: 'Legnano' });
    expect(element.draft.values['place']).to.deep.equal({ city: 'Legnano' });
    city.select();
    await sendKeys({ press: 'Delete' });
    expect(element.draft.values['place'] ?? null).to.equal(null);
  });

  it('keeps what was typed in a row with its row when one above it goes', async () => {
    const element = await desk('phones');
    for (let row = 0; row < 2; row++) {
      element.shadowRoot!.querySelector<HTMLButtonElement>('#field-phones')!.click();
      await element.updateComplete;
    }
    const second = element.shadowRoot!.querySelector<HTMLInputElement>('#field-phones-1-value')!;
    second.focus();
    await sendKeys({ type: 'call me' });
    second.blur();
    await element.updateComplete;
    expect(errorOf(element)).to.equal('Enter a telephone number');
    element.shadowRoot!.querySelector<HTMLButtonElement>('.row .button.square')!.click();
    await element.updateComplete;
    expect(element.shadowRoot!.querySelector<HTMLInputElement>('#field-phones-0-value')!.value).to.equal('call me');
    expect(errorOf(element)).to.equal('Enter a telephone number');
  });

  it('adds lines and takes them out again', async () => {
    const element = await desk('rows');
    element.shadowRoot!.querySelector<HTMLButtonElement>('#field-rows')!.click();
    await element.updateComplete;
    expect(element.shadowRoot!.querySelectorAll('.lines tbody tr').length).to.equal(1);
    element.shadowRoot!.querySelector<HTMLButtonElement>('.lines .button')!.click();
    await element.updateComplete;
    expect(element.draft.values['rows'] ?? null).to.equal(null);
  });

  for (const locale of ['en', 'it']) {
    it(`can be used by everybody, every control of them, in ${locale}`, async () => {
      const element = await fixture<Desk>(html`<crm-desk lang=${locale}></crm-desk>`);
      await waitUntil(() => element.shadowRoot!.querySelectorAll('.field').length > 25);
      await new Promise((resolve) => setTimeout(resolve, 300));
      element.draft.validate();
      await element.updateComplete;
      await expect(element).to.be.accessible();
    });
  }

  it('shows everything and changes nothing when it is read only', async () => {
    const start = {
      name: 'Ada',
      phones: [{ value: '+39021234567', label: null, primary: true, doNotCall: false, extension: null, country: 'IT' }],
      labels: ['vip'],
      stars: 3,
    };
    const element = await fixture<Desk>(html`<crm-desk lang="en" readonly .start=${start}></crm-desk>`);
    expect(element.shadowRoot!.querySelectorAll('button').length).to.equal(0);
    const open = [...element.shadowRoot!.querySelectorAll<HTMLInputElement>('input, textarea, select')].filter(
      (one) => !one.disabled && !one.readOnly,
    );
    expect(open.map(({ id }) => id)).to.deep.equal([]);
    await expect(element).to.be.accessible();
  });
});
