import { update } from '@tessera-crm/model/change.js';
import { CrmError } from '@tessera-crm/model/errors.js';
import type { Store } from '@tessera-crm/model/store.js';
import { createCache, type Cache } from '@tessera-crm/cache';
import { expect, fixture, html } from '@open-wc/testing';
import { ContactCard } from '../contact-card/contact-card.ts';
import { PipelineBoard } from '../pipeline-board/pipeline-board.ts';
import { until } from '../test-support/board-page.ts';
import { testInstance, type TestInstance } from '../test-support/instance.ts';
import { dealStore, registry, sampleDeal, sampleId, stageId } from '../test-support/sample-deals.ts';
import { switchStore, type SwitchStore } from '../test-support/switch-store.ts';
import { TicketForm } from '../ticket-form/ticket-form.ts';

ContactCard.define();
PipelineBoard.define();
TicketForm.define();

const chiller = sampleId(5, 99) as never;

const within = (element: Element, selector: string): HTMLElement | null =>
  element.shadowRoot!.querySelector<HTMLElement>(selector);

const textIn = (element: Element, selector: string): string =>
  (within(element, selector)?.innerText ?? '').replaceAll(/\s+/g, ' ').trim();

const press = (element: Element, label: string): void =>
  [...element.shadowRoot!.querySelectorAll('button')].find(({ textContent }) => textContent?.trim() === label)!.click();

describe('what was done without network', () => {
  let server: ReturnType<typeof dealStore>;
  let remote: SwitchStore;
  let cache: Cache;
  let crm: TestInstance;

  beforeEach(async () => {
    localStorage.clear();
    server = dealStore(3);
    server.memory.fill('deals', [sampleDeal(99, { name: 'Chiller', stage: stageId('New'), nextStep: 'Call' })]);
    remote = switchStore(server);
    const identity = { type: 'user', id: sampleId(9, 1), admin: true } as const;
    cache = await createCache({ remote, name: crypto.randomUUID(), registry, identity, indexedDB: null, locks: null });
    crm = testInstance({ store: cache, registry });
  });

  afterEach(() => {
    crm.remove();
    cache.close();
    localStorage.clear();
  });

  const lose = (): void => remote.fail(new CrmError('network', 'No network.'));

  const find = async (): Promise<void> => {
    remote.fail(null);
    await until(() => cache.flush(), 'everything was sent');
  };

  /** From now on the server takes no change. */
  const refuse = (error: CrmError): (() => void) => {
    const { apply } = server;
    (server as { apply: Store['apply'] }).apply = () => Promise.reject(error);
    return () => void ((server as { apply: Store['apply'] }).apply = apply);
  };

  describe('on a board', () => {
    const openBoard = async (locale = 'en'): Promise<PipelineBoard> => {
      const board = await fixture<PipelineBoard>(html`<crm-pipeline-board lang=${locale}></crm-pipeline-board>`);
      await until(() => within(board, `.card[data-id="${String(chiller)}"]`), 'the deal is there');
      return board;
    };

    const conflict = async (): Promise<void> => {
      lose();
      await cache.apply([update('deals', chiller, { nextStep: 'Mine' }, 1)]);
      await server.apply([update('deals', chiller, { nextStep: 'Theirs' })]);
      await find();
    };

    it('marks the card until it was sent', async () => {
      const board = await openBoard();
      lose();
      await cache.apply([update('deals', chiller, { nextStep: 'Mine' }, 1)]);
      const mark = `.card[data-id="${String(chiller)}"] .card-mark[title="not sent yet"]`;
      await until(() => within(board, mark), 'it is marked');
      await find();
      await until(() => !within(board, mark), 'it is not marked any more');
    });

    it('says which field somebody else changed too, and takes mine again', async () => {
      const board = await openBoard();
      await conflict();
      await until(() => /Next step/.test(textIn(board, '.refusal')), 'it is told');
      expect(textIn(board, '.refusal-text')).to.equal(
        'Your change to Chiller was not saved Next step: Somebody else changed this too.',
      );
      await expect(board).to.be.accessible();
      press(board, 'Take mine again');
      await until(async () => (await server.get('deals', chiller)).nextStep === 'Mine', 'mine was sent');
      await until(() => !within(board, '.refusal'), 'the notice is gone');
    });

    it('forgets mine when that is what the person wants, in their language', async () => {
      const board = await openBoard('it');
      await conflict();
      await until(() => /Prossimo passo/.test(textIn(board, '.refusal')), 'it is told');
      press(board, 'Scarta');
      await until(() => !within(board, '.refusal'), 'the notice is gone');
      expect((await server.get('deals', chiller)).nextStep).to.equal('Theirs');
      expect(cache.status.current.rejected).to.deep.equal([]);
    });

    it('says why it cannot be saved again either', async () => {
      const board = await openBoard();
      lose();
      await cache.apply([update('deals', chiller, { nextStep: 'Mine' }, 1)]);
      refuse(new CrmError('forbidden', 'No.'));
      await find();
      await until(() => /no right/.test(textIn(board, '.refusal')), 'it is told');
      press(board, 'Try again');
      await until(() => cache.status.current.pending === 0, 'it was tried');
      await until(() => /no right/.test(textIn(board, '.refusal')), 'it is told again');
    });
  });

  describe('to the person of a card', () => {
    const anna = sampleId(8, 1) as never;

    it('is marked until it was sent, and told when it came back', async () => {
      await server.apply([{ op: 'create', module: 'contacts', id: anna, values: { name: { last: 'Rossi' } } }]);
      const card = await fixture(html`<crm-contact-card lang="en" record=${anna}></crm-contact-card>`);
      await until(() => /Rossi/.test(textIn(card, '.name')), 'the person is there');
      lose();
      await cache.apply([update('contacts', anna, { jobTitle: 'Mine' }, 1)]);
      await until(() => /Not sent yet/.test(textIn(card, '.chips')), 'it is marked');
      await expect(card).to.be.accessible();
      await server.apply([update('contacts', anna, { jobTitle: 'Theirs' })]);
      await find();
      await until(() => /Job title: Somebody else/.test(textIn(card, '.refusal')), 'it is told');
      expect(within(card, '[part=waiting]')).to.equal(null);
      await expect(card).to.be.accessible();
      press(card, 'Discard');
      await until(() => !within(card, '.refusal'), 'the notice is gone');
    });
  });

  describe('in a ticket form', () => {
    const open = (): Promise<TicketForm> => fixture<TicketForm>(html`<crm-ticket-form lang="en"></crm-ticket-form>`);
    const subject = (form: Element): HTMLInputElement | null =>
      within(form, '#field-subject') as HTMLInputElement | null;
    const tooLong = (): CrmError =>
      new CrmError('validation', 'No.', { issues: [{ path: '/subject', code: 'too-long', params: { max: 9 } }] });

    const send = async (form: TicketForm): Promise<void> => {
      subject(form)!.value = 'The lamp hums';
      subject(form)!.dispatchEvent(new InputEvent('input', { bubbles: true }));
      lose();
      within(form, '[part=submit]')!.click();
      await until(() => /saved on this device/.test(textIn(form, '.done')), 'it waits');
    };

    it('comes back to be corrected when the server refuses it', async () => {
      const form = await open();
      await send(form);
      const heal = refuse(tooLong());
      await find();
      await until(() => subject(form)?.value === 'The lamp hums', 'it is back');
      expect(textIn(form, '.field-error')).to.equal('Too long: at most 9');
      expect(cache.status.current.rejected).to.deep.equal([]);
      heal();
      subject(form)!.value = 'Hum';
      subject(form)!.dispatchEvent(new InputEvent('input', { bubbles: true }));
      within(form, '[part=submit]')!.click();
      await until(() => /received/.test(textIn(form, '.done')), 'it is sent');
    });

    it('is offered by the form of a later visit', async () => {
      const form = await open();
      await send(form);
      form.remove();
      refuse(tooLong());
      await find();
      const later = await open();
      await until(() => /was not saved/.test(textIn(later, '.refusal')), 'it is told');
      await expect(later).to.be.accessible();
      press(later, 'Change it');
      await until(() => subject(later)?.value === 'The lamp hums', 'it is back');
      expect(within(later, '.refusal')).to.equal(null);
    });
  });
});
