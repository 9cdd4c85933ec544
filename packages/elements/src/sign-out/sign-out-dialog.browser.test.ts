import type { OutgoingFile } from '@tessera-crm/model/outgoing-file.js';
import type { Outgoing } from '@tessera-crm/model/outgoing.js';
import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { until } from '../test-support/board-page.ts';
import { testInstance, type TestInstance } from '../test-support/instance.ts';
import { dealStore } from '../test-support/sample-deals.ts';
import { refusalSamples, waitingSample } from '../test-support/sample-refusals.ts';
import { withOutgoing, type OutgoingOptions } from '../test-support/with-outgoing.ts';
import { askUnsent } from './ask-unsent.ts';
import type { UnsentAnswer, UnsentQuestion } from './unsent-question.ts';

const outgoing = (options: OutgoingOptions): Outgoing => withOutgoing(dealStore(1), options).outgoing!;

const waiting: OutgoingOptions = { entries: waitingSample(), state: { online: false } };

describe('the question what becomes of unsent work', function () {
  this.timeout(30_000);

  let crm: TestInstance;

  beforeEach(() => (crm = testInstance({ store: dealStore(1) })));
  afterEach(() => crm.remove());

  /** The question as it is shown, and what comes of it. */
  const ask = async (sources: readonly Outgoing[], given: Partial<UnsentQuestion> = {}, near?: Element) => {
    const gone = new AbortController();
    const named = sources.map((one, place) => ({ name: `backend-${place}`, outgoing: one }));
    const question = { crm, sources: named, mayKeep: true, isEncrypted: false, ...given };
    const answer: Promise<UnsentAnswer | undefined> = askUnsent(question, near, gone.signal);
    const element = (): Element => [...document.querySelectorAll('*')].find((one) => /-sign-out-/.test(one.localName))!;
    await until(() => element()?.shadowRoot?.querySelector('dialog')?.open, 'it is shown');
    const root = element().shadowRoot!;
    return {
      answer,
      element: element(),
      withdraw: () => gone.abort(),
      text: () => root.querySelector<HTMLElement>('dialog')!.innerText.replaceAll(/\s+/g, ' '),
      press: (selector: string) => root.querySelector<HTMLElement>(selector)!.click(),
      options: () => [...root.querySelectorAll<HTMLElement>('.option')].map(({ dataset }) => dataset['option']),
      focused: () => (root.activeElement as HTMLElement | null)?.dataset['option'],
    };
  };

  it('counts what waits and what was refused, of all backends', async () => {
    const shown = await ask([outgoing(waiting), outgoing({ refused: refusalSamples.slice(0, 2) })]);
    expect(shown.text()).to.match(/3 changes have not been sent, the oldest since .+\. 2 changes were refused/);
    expect(shown.options()).to.deep.equal(['send', 'keep', 'save', 'delete']);
    await expect(shown.element).to.be.accessible();
    shown.press('[data-option="cancel"]');
    expect(await shown.answer).to.equal('cancelled');
  });

  it('offers only what can be done', async () => {
    const shown = await ask([outgoing({ refused: refusalSamples.slice(0, 1) })], { mayKeep: false });
    expect(shown.options()).to.deep.equal(['save', 'delete']);
    shown.withdraw();
    expect(await shown.answer).to.equal(undefined);
    const later = await ask([outgoing({ entries: [{ n: 1, at: '2026-06-15T09:00:00Z', changes: [] }] })]);
    expect(later.options()).to.deep.equal(['send', 'keep', 'delete']);
    later.withdraw();
    await later.answer;
  });

  it('says what was not sent when somebody tried', async () => {
    const refused = refusalSamples.slice(0, 1);
    const shown = await ask([outgoing({ entries: waitingSample(), refused, isHealed: true })]);
    shown.press('[data-option="send"]');
    await until(() => /Not everything could be sent/.test(shown.text()), 'it is told');
    expect(shown.options()).to.deep.equal(['keep', 'save', 'delete']);
    shown.withdraw();
    await shown.answer;
  });

  it('has nothing more to ask when everything was sent meanwhile', async () => {
    const source = outgoing({ ...waiting, isHealed: true });
    const shown = await ask([source]);
    await source.retry();
    await until(() => /Everything is sent/.test(shown.text()), 'it is told');
    shown.press('.primary');
    expect(await shown.answer).to.equal('sent');
  });

  it('saves a file of each backend, and believes in them only when the person has looked', async () => {
    const saved: HTMLAnchorElement[] = [];
    const { click } = HTMLAnchorElement.prototype;
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      saved.push(this);
    };
    try {
      const shown = await ask([outgoing(waiting), outgoing({ refused: refusalSamples }), outgoing({})]);
      shown.press('[data-option="save"]');
      await until(() => /Do you have the file/.test(shown.text()), 'it asks');
      expect(saved.map(({ download }) => download.replace(/unsent.*/, ''))).to.deep.equal([
        'crm-backend-0-',
        'crm-backend-1-',
      ]);
      for (const { download } of saved) expect(shown.text()).to.contain(download);
      const file = (await (await fetch(saved[0]!.href)).json()) as OutgoingFile;
      expect([file.format, file.waiting.length]).to.deep.equal(['tessera-unsent', 3]);
      shown.press('.bad');
      expect(await shown.answer).to.equal('saved');
    } finally {
      HTMLAnchorElement.prototype.click = click;
    }
  });

  it('stays where no file can be made', async () => {
    const broken = { ...outgoing(waiting), export: () => Promise.reject(new Error('no')) };
    const shown = await ask([broken]);
    shown.press('[data-option="save"]');
    await until(() => /The file could not be made/.test(shown.text()), 'it is told');
    expect(shown.options()).to.contain('keep');
    shown.withdraw();
    await shown.answer;
  });

  it('is answered by keyboard, and Escape leads one step back', async () => {
    const shown = await ask([outgoing(waiting)]);
    expect(shown.focused()).to.equal('send');
    for (const key of ['Tab', 'Tab', 'Tab', 'Enter']) await sendKeys({ press: key });
    await until(() => shown.focused() === 'back', 'it makes sure');
    expect(shown.text()).to.match(/3 changes that no server has will be lost/);
    await sendKeys({ press: 'Escape' });
    await until(() => shown.focused() === 'send', 'it is back');
    await sendKeys({ press: 'Escape' });
    expect(await shown.answer).to.equal('cancelled');
  });

  it('is asked in the part of the page that belongs to the instance, or where it can be seen', async () => {
    const part = document.createElement('section');
    document.body.append(part);
    const near = await ask([outgoing(waiting)], {}, part);
    expect(near.element.parentElement).to.equal(part);
    near.withdraw();
    await near.answer;
    part.hidden = true;
    const far = await ask([outgoing(waiting)], {}, part);
    expect(far.element.parentElement).to.equal(document.body);
    far.withdraw();
    await far.answer;
    part.remove();
  });
});
