import { CrmError } from '@tessera-crm/model/errors.js';
import type { Store } from '@tessera-crm/model/store.js';
import { expect, html, oneEvent } from '@open-wc/testing';
import { resetMouse, sendKeys, sendMouse, setViewport } from '@web/test-runner-commands';
import type { BeforeSaveDetail } from '../frame/events.ts';
import { middle, nextFrame, openBoard, pause, touch, until, type BoardPage } from '../test-support/board-page.ts';
import { forbidForms } from '../test-support/forbid-forms.ts';
import { sampleDeal, sampleId, stageId, stageNames } from '../test-support/sample-deals.ts';

const stageOf = async ({ store }: BoardPage, id: string): Promise<string | undefined> => {
  const deal = await store.get('deals', id as never);
  return stageNames.find((name) => stageId(name) === deal.stage);
};

/** One deal of a known name, which has everything a stage may want unless told. */
const withDeal = (values: Readonly<Record<string, unknown>> = {}) => ({
  prepare: (memory: BoardPage['memory']) => {
    const known = { name: 'Chiller', stage: stageId('New'), nextStep: 'Call', expectedCloseDate: '2026-01-01' };
    memory.fill('deals', [sampleDeal(99, { ...known, amount: { amount: '10.00', currency: 'EUR' }, ...values })]);
  },
});

const chiller = sampleId(5, 99);

/** From now on the store refuses every change. */
const refuse = ({ store }: BoardPage, error: CrmError): (() => void) => {
  const apply = store.apply;
  (store as { apply: Store['apply'] }).apply = () => Promise.reject(error);
  return () => void ((store as { apply: Store['apply'] }).apply = apply);
};

describe('moving deals', () => {
  let page: BoardPage;
  before(() => setViewport({ width: 1200, height: 800 }));
  afterEach(async () => {
    page.remove();
    await resetMouse();
  });

  describe('by mouse', () => {
    it('saves the stage under the card that is dropped, and says so', async () => {
      page = await openBoard(withDeal());
      const saved = oneEvent(page.element, 'crm-save');
      await page.drag('Chiller', 'Needs');
      await page.arrives('Chiller', 'Needs');
      expect((await saved).detail.fields).to.deep.equal(['stage']);
      expect(await stageOf(page, chiller)).to.equal('Needs');
      expect(page.said).to.equal('Chiller moved to Needs');
    });

    it('shows the card under the pointer and where it will go', async () => {
      page = await openBoard(withDeal());
      await page.carry('Chiller', 'Needs');
      const ghost = page.root.querySelector('.ghost')!;
      const [x, y] = middle(page.column('Needs'));
      const box = ghost.getBoundingClientRect();
      expect(x >= box.left && x <= box.right && y >= box.top && y <= box.bottom).to.equal(true);
      expect(page.column('Needs').hasAttribute('data-target')).to.equal(true);
      await sendMouse({ type: 'up' });
      expect(page.root.querySelector('.ghost')).to.equal(null);
      expect(page.root.querySelector('[data-target]')).to.equal(null);
    });

    it('gives up at Escape', async () => {
      page = await openBoard(withDeal());
      await page.carry('Chiller', 'Needs');
      await sendKeys({ press: 'Escape' });
      expect(page.root.querySelector('.ghost')).to.equal(null);
      await sendMouse({ type: 'up' });
      await pause(30);
      expect(page.columnOf('Chiller')).to.equal('New');
      expect(await stageOf(page, chiller)).to.equal('New');
    });

    it('leaves a click a click', async () => {
      page = await openBoard(withDeal());
      const opened = oneEvent(page.element, 'crm-open');
      await sendMouse({ type: 'click', position: middle(page.card('Chiller')!) });
      expect((await opened).detail.id).to.equal(chiller);
    });

    it('does not open what it dragged', async () => {
      page = await openBoard(withDeal());
      let opened = 0;
      page.element.addEventListener('crm-open', () => opened++);
      await page.drag('Chiller', 'New');
      await pause(30);
      expect(opened).to.equal(0);
    });

    it('moves nothing when the board is for reading', async () => {
      page = await openBoard({ ...withDeal(), template: html`<crm-pipeline-board readonly></crm-pipeline-board>` });
      await page.drag('Chiller', 'Needs');
      await pause(30);
      expect(page.columnOf('Chiller')).to.equal('New');
      expect(page.root.querySelector('.card-menu')).to.equal(null);
    });

    for (const [where, template] of [
      ['under zoom', html`<div class="zoomed"><crm-pipeline-board></crm-pipeline-board></div>`],
      ['inside a transform', html`<div class="turned"><crm-pipeline-board></crm-pipeline-board></div>`],
      ['where text runs from right to left', html`<div dir="rtl"><crm-pipeline-board></crm-pipeline-board></div>`],
    ] as const) {
      it(`lands in the column under the pointer ${where}`, async () => {
        const style = document.createElement('style');
        style.textContent =
          '.zoomed{zoom:1.5;inline-size:900px}.turned{transform:translate(40px,30px) scale(0.8);inline-size:1000px}';
        document.head.append(style);
        page = await openBoard({ ...withDeal(), template });
        await page.carry('Chiller', 'Qualified');
        const [x, y] = middle(page.column('Qualified'));
        const box = page.root.querySelector('.ghost [data-ghost]')!.getBoundingClientRect();
        expect(Math.abs((box.left + box.right) / 2 - x), 'the ghost is beside the pointer').to.be.below(2);
        expect(Math.abs((box.top + box.bottom) / 2 - y), 'the ghost is beside the pointer').to.be.below(2);
        await sendMouse({ type: 'up' });
        await page.arrives('Chiller', 'Qualified');
        style.remove();
      });
    }

    it('scrolls the board at its edge', async () => {
      page = await openBoard({
        ...withDeal(),
        template: html`<div style="inline-size: 620px"><crm-pipeline-board></crm-pipeline-board></div>`,
      });
      const columns = page.root.querySelector('.columns')!;
      const from = middle(page.card('Chiller')!);
      const { right } = columns.getBoundingClientRect();
      await sendMouse({ type: 'move', position: from });
      await sendMouse({ type: 'down' });
      await sendMouse({ type: 'move', position: [Math.round(right) - 6, from[1]] });
      await until(() => columns.scrollLeft > 300, 'it scrolls while the pointer rests');
      await sendMouse({ type: 'up' });
      await until(
        () => !['New', undefined].includes(page.columnOf('Chiller')),
        'it is in a column that was out of sight',
      );
    });
  });

  describe('by finger', () => {
    it('picks a card up after a moment, and drops it', async () => {
      page = await openBoard(withDeal());
      const from = middle(page.card('Chiller')!);
      const to = middle(page.column('Needs'));
      await touch('touchStart', from);
      await pause(320);
      await touch('touchMove', [from[0] + 20, from[1] + 5]);
      await touch('touchMove', to);
      await nextFrame();
      expect(page.root.querySelector('.ghost')).not.to.equal(null);
      await touch('touchEnd');
      await page.arrives('Chiller', 'Needs');
    });

    it('scrolls when it does not wait', async () => {
      page = await openBoard({ deals: 200 });
      const scroller = page.column('New').querySelector('.scroller')!;
      const [x, y] = middle(page.cards('New')[3]!);
      await touch('touchStart', [x, y]);
      for (let step = 1; step <= 8; step++) await touch('touchMove', [x, y - step * 25]);
      await touch('touchEnd');
      await until(() => scroller.scrollTop > 60, 'the column scrolls');
      expect(page.root.querySelector('.ghost')).to.equal(null);
    });
  });

  describe('by keyboard', () => {
    it('goes from card to card by arrows', async () => {
      page = await openBoard();
      const [first, second] = page.names('New');
      page.focus(first!);
      await sendKeys({ press: 'ArrowDown' });
      expect(page.focused).to.equal(second);
      await sendKeys({ press: 'ArrowRight' });
      expect(page.focused).to.equal(page.names('Qualified')[1]);
      await sendKeys({ press: 'Home' });
      expect(page.focused).to.equal(page.names('Qualified')[0]);
    });

    it('reaches cards that are not in the document yet', async () => {
      page = await openBoard({ deals: 150 });
      page.focus(page.names('New')[0]!);
      await sendKeys({ press: 'End' });
      await until(
        () => page.root.activeElement?.closest<HTMLElement>('.card')?.dataset['row'] === '29',
        'the last card has the focus',
      );
    });

    it('has one tab stop in each column', async () => {
      page = await openBoard();
      for (const name of ['New', 'Qualified', 'Needs']) {
        expect(page.cards(name).filter((card) => card.querySelector('.card-open[tabindex="0"]')).length).to.equal(1);
      }
    });

    it('has its tab stop where somebody was last, and on another card when that one goes', async () => {
      page = await openBoard(withDeal());
      const stops = (): readonly string[] =>
        page.cards('New').flatMap((card) => {
          const open = card.querySelector('.card-open[tabindex="0"]');
          return open ? [open.textContent!.trim()] : [];
        });
      const [first, second] = page.names('New');
      page.focus(second!);
      expect(stops()).to.deep.equal([second]);
      const { id } = page.card(second!)!.dataset;
      await page.store.apply([{ op: 'delete', module: 'deals', id: id! }]);
      await until(() => !page.names('New').includes(second!), 'the card goes');
      (page.root.activeElement as HTMLElement).blur();
      expect(stops()).to.have.length(1);
      page.focus(first!);
      expect(stops()).to.deep.equal([first]);
    });

    it('picks up, chooses a stage, drops, and keeps the focus on the deal', async () => {
      page = await openBoard(withDeal());
      page.focus('Chiller');
      await sendKeys({ press: ' ' });
      expect(page.said).to.contain('Chiller picked up');
      await sendKeys({ press: 'ArrowRight' });
      await sendKeys({ press: 'ArrowRight' });
      await page.element.updateComplete;
      expect(page.said).to.match(/^Chiller over Needs, place 1 of 7$/);
      expect(page.column('Needs').hasAttribute('data-target')).to.equal(true);
      await sendKeys({ press: ' ' });
      await page.arrives('Chiller', 'Needs');
      await until(() => page.focused === 'Chiller', 'the deal has the focus in its new column');
    });

    it('puts it back at Escape', async () => {
      page = await openBoard(withDeal());
      page.focus('Chiller');
      await sendKeys({ press: ' ' });
      await sendKeys({ press: 'ArrowRight' });
      await sendKeys({ press: 'Escape' });
      await page.element.updateComplete;
      expect(page.said).to.equal('Chiller is back in New');
      expect(page.columnOf('Chiller')).to.equal('New');
      expect(page.focused).to.equal('Chiller');
    });

    it('follows the direction of the text', async () => {
      page = await openBoard({
        ...withDeal(),
        template: html`<div dir="rtl"><crm-pipeline-board></crm-pipeline-board></div>`,
      });
      page.focus('Chiller');
      await sendKeys({ press: ' ' });
      await sendKeys({ press: 'ArrowLeft' });
      await sendKeys({ press: 'Enter' });
      await page.arrives('Chiller', 'Qualified');
    });

    it('moves by the menu of a card as well', async () => {
      page = await openBoard(withDeal());
      page.focus('Chiller');
      const isOpen = () => page.root.querySelector('.move-menu:popover-open') !== null;
      // now and then the browser gives a key to nobody; where the focus was then is told
      const focused: unknown[] = [];
      for (let tries = 0; tries < 5 && !isOpen(); tries++) {
        focused.push(page.focused, document.hasFocus());
        await sendKeys({ press: 'm' });
        await pause(400);
      }
      await until(isOpen, `the menu opens; the focus was at ${focused.join()}`);
      expect(page.root.activeElement!.textContent!.trim()).to.equal('New');
      await expect(page.element).to.be.accessible();
      await sendKeys({ press: 'ArrowDown' });
      await sendKeys({ press: 'Enter' });
      await page.arrives('Chiller', 'Qualified');
      await until(() => page.focused === 'Chiller', 'the deal has the focus');
    }).timeout(30_000);
  });

  describe('through a gate', () => {
    it('asks for what the stage needs, and moves with the answer', async () => {
      page = await openBoard(withDeal({ nextStep: null }));
      await page.drag('Chiller', 'Offer');
      const dialog = await page.asks();
      await until(() => dialog.querySelector('input'), 'the field is there');
      expect([...dialog.querySelectorAll('.field')].length).to.equal(1);
      await expect(page.element).to.be.accessible();
      await page.answer();
      expect(dialog.querySelector('.field-error')!.textContent!.trim()).to.equal('Fill this in');
      dialog.querySelector('input')!.focus();
      await sendKeys({ type: 'Send the offer' });
      await sendKeys({ press: 'Enter' });
      await page.arrives('Chiller', 'Offer');
      const deal = await page.store.get('deals', chiller as never);
      expect(deal.nextStep).to.equal('Send the offer');
    });

    it('takes the answer in a frame that may not submit forms', async () => {
      page = await openBoard(withDeal({ nextStep: null }));
      forbidForms(page.root);
      await page.drag('Chiller', 'Offer');
      const dialog = await page.asks();
      await until(() => dialog.querySelector('input'), 'the field is there');
      dialog.querySelector('input')!.focus();
      await sendKeys({ type: 'Send the offer' });
      await page.answer();
      await until(async () => (await stageOf(page, chiller)) === 'Offer', 'the deal is in the stage');
    });

    it('gives the deal back when nobody answers', async () => {
      page = await openBoard(withDeal({ nextStep: null }));
      await page.drag('Chiller', 'Offer');
      await page.asks();
      await sendKeys({ press: 'Escape' });
      await page.arrives('Chiller', 'New');
      expect(page.said).to.equal('Chiller is back in New');
      expect(page.notice).to.equal(undefined);
    });

    it('asks why a deal was lost, and to whom where the reason says so', async () => {
      page = await openBoard(withDeal());
      await page.drag('Chiller', 'Lost');
      const dialog = await page.asks();
      await until(() => dialog.querySelectorAll('option').length === 3, 'the reasons are there');
      const select = dialog.querySelector('select')!;
      select.value = sampleId(6, 2);
      select.dispatchEvent(new Event('change'));
      await until(() => dialog.querySelector('#field-lostTo'), 'the competitor is asked for');
      select.value = sampleId(6, 1);
      select.dispatchEvent(new Event('change'));
      await page.element.updateComplete;
      await page.answer();
      await until(async () => (await stageOf(page, chiller)) === 'Lost', 'the deal is lost');
      await until(() => page.count('Lost') === '1', 'the zone counts it');
    });

    it('asks without network what was fetched behind the first render, and what was answered is not asked again', async () => {
      const offline = new CrmError('network', 'No network.');
      page = await openBoard(withDeal());
      const { list } = page.store;
      let isRead = false;
      page.store.list = async (module, ...rest) => {
        const answer = await list(module, ...rest);
        isRead ||= String(module) === 'lostReasons';
        return answer;
      };
      page.crm.become('bruno');
      await until(() => isRead, 'the reasons were read while nobody asked');
      page.store.fail(offline);
      await page.drag('Chiller', 'Lost');
      const dialog = await page.asks();
      await until(() => dialog.querySelectorAll('option').length === 3, 'the reasons are there');
      const select = dialog.querySelector('select')!;
      select.value = sampleId(6, 1);
      select.dispatchEvent(new Event('change'));
      await page.answer();
      await until(() => page.notice, 'it says why');
      expect(page.notice).to.equal('Chiller stays in New. The server cannot be reached.');
      page.store.fail(null);
      page.root.querySelector<HTMLElement>('.notice .button')!.click();
      await until(async () => (await stageOf(page, chiller)) === 'Lost', 'the deal is lost');
      expect(page.dialog).to.equal(null);
    });

    it('says so when it cannot ask', async () => {
      page = await openBoard(withDeal());
      const { list } = page.store;
      page.store.list = (module, ...rest) =>
        String(module) === 'lostReasons'
          ? Promise.reject(new CrmError('network', 'No network.'))
          : list(module, ...rest);
      page.crm.become('bruno');
      await until(() => page.card('Chiller'), 'the deals are there');
      await page.drag('Chiller', 'Lost');
      await until(() => page.notice, 'it says why');
      expect(page.notice).to.equal('Chiller stays in New. The server cannot be reached.');
      expect(page.columnOf('Chiller')).to.equal('New');
    });

    it('asks a deal that is won for its amount', async () => {
      page = await openBoard(withDeal({ amount: null, weightedAmount: null }));
      await page.drag('Chiller', 'Won');
      const dialog = await page.asks();
      await until(() => dialog.querySelector('input'), 'the field is there');
      dialog.querySelector('input')!.focus();
      await sendKeys({ type: '1200' });
      await sendKeys({ press: 'Enter' });
      await until(async () => (await stageOf(page, chiller)) === 'Won', 'the deal is won');
    });

    it('questions the opening of a closed deal', async () => {
      page = await openBoard(withDeal({ stage: stageId('Won'), outcome: 'won', actualCloseDate: '2026-06-01' }));
      page.column('Won').querySelector<HTMLElement>('.unfold')!.click();
      await page.arrives('Chiller', 'Won');
      page.card('Chiller')!.scrollIntoView({ inline: 'end', block: 'nearest' });
      await page.drag('Chiller', 'Negotiation');
      const dialog = await page.asks();
      expect(dialog.querySelector('h2')!.textContent).to.equal('Open Chiller again?');
      await page.answer();
      await page.arrives('Chiller', 'Negotiation');
    });

    it('asks for what only the store knew', async () => {
      page = await openBoard(withDeal());
      const heal = refuse(
        page,
        new CrmError('validation', 'No.', { issues: [{ path: '/nextStep', code: 'required' }] }),
      );
      await page.drag('Chiller', 'Needs');
      const dialog = await page.asks();
      await until(() => dialog.querySelector('#field-nextStep'), 'the field is there');
      heal();
      dialog.querySelector('input')!.focus();
      await sendKeys({ type: 'Now' });
      await sendKeys({ press: 'Enter' });
      await page.arrives('Chiller', 'Needs');
    });
  });

  describe('that is refused', () => {
    it('goes back, says why, and can be tried again', async () => {
      page = await openBoard(withDeal());
      const heal = refuse(page, new CrmError('network', 'No network.'));
      const failed = oneEvent(page.element, 'crm-error');
      await page.drag('Chiller', 'Needs');
      expect((await failed).detail.code).to.equal('network');
      await page.arrives('Chiller', 'New');
      await until(() => page.notice, 'it says why');
      expect(page.notice).to.equal('Chiller stays in New. The server cannot be reached.');
      await expect(page.element).to.be.accessible();
      heal();
      page.root.querySelector<HTMLElement>('.notice .button')!.click();
      await page.arrives('Chiller', 'Needs');
      expect(page.notice).to.equal(undefined);
    });

    it('goes back quietly when the page did not want it', async () => {
      page = await openBoard(withDeal());
      page.element.addEventListener('crm-before-save', (event) => event.preventDefault());
      await page.drag('Chiller', 'Needs');
      await page.arrives('Chiller', 'New');
      expect(await stageOf(page, chiller)).to.equal('New');
      expect(page.notice).to.equal(undefined);
    });

    it('waits for the page, with a mark on the card', async () => {
      page = await openBoard(withDeal());
      let release = (): void => {};
      page.element.addEventListener('crm-before-save', (event) => {
        const { detail } = event as CustomEvent<BeforeSaveDetail>;
        expect(detail.values()).to.deep.equal({ stage: stageId('Needs') });
        detail.wait(new Promise<void>((resolve) => (release = resolve)));
      });
      await page.drag('Chiller', 'Needs');
      await page.arrives('Chiller', 'Needs');
      expect(page.card('Chiller')!.querySelector('.card-mark')).not.to.equal(null);
      expect(await stageOf(page, chiller)).to.equal('New');
      release();
      await until(async () => (await stageOf(page, chiller)) === 'Needs', 'it is saved');
      await until(() => !page.card('Chiller')!.querySelector('.card-mark:not(.stalled)'), 'the mark goes');
    });

    it('cannot be helped by asking what asking does not change', async () => {
      page = await openBoard(withDeal());
      refuse(page, new CrmError('rule', 'No.', { issues: [{ path: '/stage', code: 'task-required' }] }));
      await page.drag('Chiller', 'Needs');
      await until(() => page.notice, 'it says why');
      expect(page.notice).to.equal('Chiller stays in New. A task of the stage is not done yet.');
      expect(page.dialog).to.equal(null);
    });
  });
});
