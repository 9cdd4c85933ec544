import { CrmError } from '@tessera-crm/model/errors.js';
import type { Store } from '@tessera-crm/model/store.js';
import { expect, fixture, fixtureCleanup, html } from '@open-wc/testing';
import { resetMouse, setViewport } from '@web/test-runner-commands';
import { ContactCard } from '../contact-card/contact-card.ts';
import { RecordList } from '../record-list/record-list.ts';
import { openBoard, pause, until } from '../test-support/board-page.ts';
import { testInstance } from '../test-support/instance.ts';
import { giulia, peopleStore, registry } from '../test-support/people.ts';
import { sampleDeal, stageId } from '../test-support/sample-deals.ts';
import { switchStore, type SwitchStore } from '../test-support/switch-store.ts';
import { TicketForm } from '../ticket-form/ticket-form.ts';
import type { BeforeSaveDetail, CrmEvents } from './events.ts';

for (const element of [ContactCard, RecordList, TicketForm]) element.define();

/** Every value of the records here that says something of somebody. */
const personal = [
  ['Giulia', 'Rossi', 'Responsabile', '333123', '5550123', 'rossi-impianti', 'Via Roma', 'Legnano'],
  ['1200.50', 'Deal 201', 'Chiller', 'Call the plumber', '48200.00', 'Leaking pump', 'In the cellar'],
].flat();

const cancelable = ['before-save', 'open'];

/** All that elements fire; `select` is promised to elements that have a selection, of which there is none yet. */
const expected: readonly (keyof CrmEvents)[] = [
  'before-save',
  'change',
  'conflict',
  'error',
  'load-error',
  'offline',
  'online',
  'open',
  'ready',
  'save',
];

/** All that code without our types finds in a detail: what it counts, however deep, inherited too. */
const enumerated = (value: unknown, seen = new Set<unknown>()): readonly string[] => {
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? [] : [String(value)];
  if (seen.has(value)) return [];
  seen.add(value);
  const found: string[] = [];
  for (const name in value) found.push(name, ...enumerated((value as Record<string, unknown>)[name], seen));
  return found;
};

describe('the events of all elements', function () {
  this.timeout(60_000);

  const fired: CustomEvent<unknown>[] = [];
  const real = EventTarget.prototype.dispatchEvent;

  /** On the page they may not be heard of any more once an element is gone, but all pass here. */
  const overhear = (): void => {
    EventTarget.prototype.dispatchEvent = function (this: EventTarget, event: Event) {
      if (event instanceof CustomEvent && event.type.startsWith('crm')) fired.push(event);
      return real.call(this, event);
    };
  };

  const part = <T extends HTMLElement = HTMLElement>(element: Element, selector: string): T =>
    element.shadowRoot!.querySelector<T>(selector)!;

  const refuseWith = (store: SwitchStore, error: CrmError): (() => void) => {
    const open = store as { apply: Store['apply'] };
    const { apply } = open;
    open.apply = () => Promise.reject(error);
    return () => void (open.apply = apply);
  };

  const usePeople = async (): Promise<void> => {
    const store = switchStore(peopleStore());
    const crm = testInstance({ store, registry });
    const card = await fixture<ContactCard>(html`<crm-contact-card lang="en" record=${giulia.id}></crm-contact-card>`);
    await until(() => part(card, '[part=name]'), 'the person is shown');
    part(card, '[part=name] button, button[part=name]').click();
    store.fail(new CrmError('internal', 'Broken.'));
    await until(() => card.matches(':state(offline)'), 'it is marked as old');
    store.fail(null);
    await until(() => card.matches(':state(ready)'), 'it is fresh again');
    store.fail(new CrmError('internal', 'Broken.'));
    const failing = await fixture(html`<crm-contact-card lang="en" record=${giulia.id}></crm-contact-card>`);
    await until(() => failing.matches(':state(error)'), 'it cannot be loaded');
    store.fail(null);
    const list = await fixture(html`<crm-record-list lang="en" module="contacts"></crm-record-list>`);
    await until(() => part(list, '[part=row] button'), 'rows are shown');
    part(list, '[part=row] button').click();
    crm.remove();
  };

  const useForm = async (): Promise<void> => {
    const store = switchStore(peopleStore());
    const crm = testInstance({ store, registry });
    const form = await fixture<TicketForm>(html`<crm-ticket-form lang="en" draft-key="off"></crm-ticket-form>`);
    for (const [name, text] of [
      ['subject', 'Leaking pump'],
      ['description', 'In the cellar'],
    ] as const) {
      await until(() => part(form, `#field-${name}`), 'there is a field');
      const input = part<HTMLInputElement>(form, `#field-${name}`);
      input.focus();
      input.value = text;
      input.dispatchEvent(new InputEvent('input', { bubbles: true }));
      input.blur();
    }
    const heal = refuseWith(store, new CrmError('conflict', 'Changed meanwhile.', { current: { subject: 'Chiller' } }));
    await form.submit();
    heal();
    const strange = refuseWith(store, new Error('No Giulia Rossi here') as CrmError);
    await form.submit();
    strange();
    await form.submit();
    await until(() => part(form, '.done'), 'it is sent');
    crm.remove();
  };

  const useBoard = async (): Promise<void> => {
    // What is above the board would push it out of the mouse's reach
    fixtureCleanup();
    await setViewport({ width: 1200, height: 800 });
    const values = {
      name: 'Chiller',
      stage: stageId('New'),
      nextStep: 'Call the plumber',
      expectedCloseDate: '2026-01-01',
    };
    const amount = { amount: '48200.00', currency: 'EUR' };
    const page = await openBoard({
      prepare: (memory) => void memory.fill('deals', [sampleDeal(99, { ...values, amount })]),
    });
    const refuse = (event: Event): void =>
      (event as CustomEvent<BeforeSaveDetail>).detail.wait(Promise.reject(new Error('not today')));
    page.element.addEventListener('crm-before-save', refuse, { once: true });
    await page.drag('Chiller', 'Needs');
    await until(() => fired.at(-1)?.type === 'crm-before-save', 'the page is asked');
    await pause(100);
    await page.arrives('Chiller', 'New');
    await resetMouse();
    await page.drag('Chiller', 'Needs');
    await page.arrives('Chiller', 'Needs');
    page.card('Chiller')!.querySelector<HTMLElement>('.card-open')!.click();
    await resetMouse();
    page.remove();
  };

  before(async () => {
    overhear();
    await usePeople();
    await useForm();
    await useBoard();
  });
  after(() => {
    EventTarget.prototype.dispatchEvent = real;
  });

  it('are all there', () => {
    const names = new Set(fired.map(({ type }) => type.replace(/^crm-/, '')));
    expect([...names].sort()).to.deep.equal(expected);
  });

  it('name nothing personal where code looks that does not know us', () => {
    for (const { type, detail } of fired) {
      const text = enumerated(detail).join(' ');
      expect(
        personal.filter((one) => text.includes(one)),
        `${type}: ${text}`,
      ).to.deep.equal([]);
    }
  });

  it('give the record to those who ask', () => {
    const opened = fired.find(({ type }) => type === 'crm-open') as CustomEvent<{ record(): unknown }>;
    expect(JSON.stringify(opened.detail.record())).to.contain('Giulia');
    const asked = fired.find(({ type }) => type === 'crm-before-save') as CustomEvent<BeforeSaveDetail>;
    expect(asked.detail.values()).to.include({ subject: 'Leaking pump' });
  });

  it('have names that every framework can listen to, and reach the page', () => {
    for (const { type, bubbles, composed } of fired) {
      expect(type).to.match(/^crm(-[a-z]+)+$/);
      expect({ type, bubbles, composed }).to.deep.equal({ type, bubbles: true, composed: true });
    }
  });

  it('can be prevented where something is about to be done', () => {
    for (const event of fired)
      expect(event.cancelable, event.type).to.equal(cancelable.includes(event.type.replace(/^crm-/, '')));
  });
});
