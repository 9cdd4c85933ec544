import { CrmError } from '@tessera-crm/model/errors.js';
import { expect, html, oneEvent } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { nextFrame, openBoard, pause, placeBoard, until, type BoardPage } from '../test-support/board-page.ts';
import { pipelineId, sampleDeal, sampleId, stageId } from '../test-support/sample-deals.ts';

const network = new CrmError('network', 'No network.');

describe('the pipeline board', () => {
  let page: BoardPage;
  before(() => setViewport({ width: 1200, height: 800 }));
  afterEach(() => page.remove());

  it('shows a column for each stage, its deals in the order in which they close', async () => {
    page = await openBoard();
    const titles = page.columns.map((column) => column.querySelector('.title')!.textContent!.trim());
    expect(titles).to.deep.equal(['New', 'Qualified', 'Needs', 'Offer', 'Negotiation', 'Won', 'Lost']);
    expect(page.count('New')).to.equal('6');
    const dates = page.cards('New').map((card) => card.querySelector('time')!.dateTime);
    expect(dates).to.deep.equal(dates.toSorted());
  });

  it('says on a card what one needs to know, and reads it out in one breath', async () => {
    const deal = sampleDeal(99, {
      name: 'Chiller',
      stage: stageId('New'),
      expectedCloseDate: '2020-03-04',
      amount: { amount: '12345.50', currency: 'EUR' },
      probability: '35.00',
      nextStep: 'Call Anna',
    });
    page = await openBoard({ deals: 0, prepare: (memory) => memory.fill('deals', [deal]) });
    const card = page.card('Chiller')!;
    const text = (selector: string): string => card.querySelector(selector)!.textContent!.trim();
    expect(text('.card-account')).to.equal('Esposito Energia');
    expect(text('.card-amount')).to.equal('€12,345.50');
    expect(text('.card-share')).to.equal('35%');
    expect(text('.card-next')).to.equal('Call Anna');
    expect(card.classList.contains('overdue')).to.equal(true);
    await until(() => text('.avatar') === 'GR', 'the owner is looked up');
    const label = card.querySelector('.card-open')!.getAttribute('aria-label');
    expect(label).to.equal(
      'Chiller, Esposito Energia, €12,345.50, 35%, overdue since Mar 4, 2020, No progress, next: Call Anna, Giulia Rossi',
    );
  });

  it('adds up what is in a column, weighted and by currency', async () => {
    const deals = [
      sampleDeal(1, {
        stage: stageId('New'),
        amount: { amount: '1000.00', currency: 'EUR' },
        weightedAmount: { amount: '100.00', currency: 'EUR' },
      }),
      sampleDeal(2, { stage: stageId('New'), amount: { amount: '70.00', currency: 'USD' }, weightedAmount: null }),
      sampleDeal(3, { stage: stageId('New'), amount: null, weightedAmount: null }),
    ];
    page = await openBoard({ deals: 0, prepare: (memory) => memory.fill('deals', deals) });
    const sums = page.column('New').querySelector<HTMLElement>('.sums')!;
    expect(sums.querySelector('.sum')!.textContent).to.equal('€1,000 + $70');
    expect(sums.querySelector('.weighted')!.textContent).to.contain('€100');
    expect(sums.title).to.equal('1 without an amount');
  });

  it('counts by the store what it has not read', async () => {
    page = await openBoard({ deals: 1000 });
    await until(() => page.count('New') === '200', 'all deals of the stage are counted');
    expect(page.root.querySelectorAll('.card').length).to.be.below(80);
  });

  it('keeps ten thousand deals out of the document but for those in sight', async () => {
    page = await openBoard({ deals: 10_000 });
    const nodes = (): number => {
      const walker = document.createTreeWalker(page.root);
      let count = 0;
      while (walker.nextNode()) count++;
      return count;
    };
    expect(nodes()).to.be.below(2500);
    const scroller = page.column('New').querySelector('.scroller')!;
    const first = page.names('New')[0];
    for (let step = 0; step < 12; step++) {
      scroller.scrollTop += 900;
      await nextFrame();
      await nextFrame();
      const box = scroller.getBoundingClientRect();
      const seen = page.cards('New').filter((card) => {
        const { top, bottom } = card.getBoundingClientRect();
        return bottom > box.top && top < box.bottom;
      });
      expect(new Set(seen.map(({ dataset }) => dataset['row'])).size, 'each row once').to.equal(seen.length);
      expect(nodes()).to.be.below(2500);
      await pause(20);
    }
    expect(page.names('New')).not.to.include(first);
  });

  it('reads on when somebody scrolls to the end', async () => {
    page = await openBoard({ deals: 400 });
    const scroller = page.column('New').querySelector('.scroller')!;
    const last = async (): Promise<boolean> => {
      scroller.scrollTop = scroller.scrollHeight;
      await pause(30);
      return page.cards('New').some(({ dataset }) => dataset['row'] === '79');
    };
    await until(last, 'the eightieth deal is shown');
  });

  it('folds what is closed, and opens it when asked', async () => {
    const won = sampleDeal(99, { name: 'Done', stage: stageId('Won'), outcome: 'won', actualCloseDate: '2026-06-01' });
    page = await openBoard({ prepare: (memory) => memory.fill('deals', [won]) });
    await until(() => page.count('Won') === '1', 'the deals of a folded stage are counted');
    expect(page.card('Done')).to.equal(undefined);
    page.column('Won').querySelector<HTMLElement>('.unfold')!.click();
    await page.arrives('Done', 'Won');
    page.column('Won').querySelector<HTMLElement>('.fold')!.click();
    await page.element.updateComplete;
    expect(page.card('Done')).to.equal(undefined);
  });

  it('shows deals whose stage is none of the pipeline', async () => {
    const stray = sampleDeal(99, { name: 'Astray', stage: sampleId(2, 77) });
    page = await openBoard({ prepare: (memory) => memory.fill('deals', [stray]) });
    expect(page.columnOf('Astray')).to.equal('No stage');
  });

  it('shows what matches the query of the page and the words of the person', async () => {
    page = await openBoard({
      template: html`<crm-pipeline-board query='{"account":"${sampleId(3, 2)}"}'></crm-pipeline-board>`,
    });
    const accounts = [...page.root.querySelectorAll('.card-account')].map((one) => one.textContent);
    expect(new Set(accounts)).to.deep.equal(new Set(['Bianchi SpA']));
    const input = page.root.querySelector<HTMLInputElement>('input[type=search]')!;
    input.value = 'no such deal';
    input.dispatchEvent(new InputEvent('input'));
    await until(() => page.root.querySelectorAll('.card').length === 0, 'nothing matches');
    await until(() => page.root.querySelector('.board-note'), 'it says so');
    expect(page.root.querySelector('.board-note')!.textContent).to.equal('No deals match');
  });

  it('changes the pipeline, and tells the page', async () => {
    page = await openBoard({
      prepare: (memory) => {
        const first = memory.records.get('pipelines', pipelineId)!;
        memory.fill('pipelines', [{ ...first, id: sampleId(1, 2), name: 'Renewals', default: false }]);
      },
    });
    const select = page.root.querySelector<HTMLSelectElement>('select.pipeline')!;
    select.value = sampleId(1, 2);
    const told = oneEvent(page.element, 'crm-change');
    select.dispatchEvent(new Event('change'));
    expect((await told).detail.id).to.equal(sampleId(1, 2));
    expect(page.element.pipeline).to.equal(sampleId(1, 2));
  });

  it('opens a deal by its link, and lets the page do so instead', async () => {
    page = await openBoard({ links: ({ module, id }) => `#/${module}/${id}` });
    const link = page.cards('New')[0]!.querySelector<HTMLAnchorElement>('.card-open')!;
    expect(link.getAttribute('href')).to.equal(`#/deals/${page.cards('New')[0]!.dataset['id']}`);
    page.element.addEventListener('crm-open', (event) => event.preventDefault(), { once: true });
    const opened = oneEvent(page.element, 'crm-open');
    link.click();
    const { detail } = await opened;
    expect(detail.module).to.equal('deals');
    expect(detail.record().name).to.equal(link.textContent!.trim());
    expect(location.hash).to.equal('');
  });

  it('shows hostile names as what they are', async () => {
    const hostile = '<img src=x onerror="window.hacked=1">\u202eevil';
    const deal = sampleDeal(99, { name: hostile, nextStep: '<script>window.hacked=1</script>' });
    page = await openBoard({ deals: 0, prepare: (memory) => memory.fill('deals', [deal]) });
    expect(page.card(hostile)!.querySelector('img')).to.equal(null);
    expect(page.card(hostile)!.querySelector('.card-open')!.textContent).to.equal(hostile);
    expect('hacked' in window).to.equal(false);
  });

  it('follows changes of others and keeps scroll and focus', async () => {
    page = await openBoard({ deals: 100 });
    const scroller = page.column('New').querySelector('.scroller')!;
    scroller.scrollTop = 700;
    for (let frame = 0; frame < 3; frame++) await nextFrame();
    await page.element.updateComplete;
    const { top } = scroller.getBoundingClientRect();
    const seen = page.cards('New').find((card) => card.getBoundingClientRect().top >= top)!;
    const name = seen.querySelector('.card-open')!.textContent!.trim();
    page.focus(name);
    const before = seen.getBoundingClientRect().top;
    const early = sampleDeal(999, { stage: stageId('New'), name: 'Early bird', expectedCloseDate: '2020-01-01' });
    const { id, ...values } = early;
    page.memory.fill('deals', [{ ...values, id } as never]);
    await page.store.apply([
      { op: 'update', module: 'deals', id: page.cards('Needs')[0]!.dataset['id']!, values: { nextStep: 'Now' } },
    ]);
    await until(() => page.count('New') === '21', 'the new deal is counted');
    await page.element.updateComplete;
    expect(page.card(name)!.getBoundingClientRect().top).to.be.closeTo(before, 1);
    expect(page.focused).to.equal(name);
  });

  it('speaks Italian', async () => {
    page = await openBoard({ locale: 'it' });
    await until(() => page.root.querySelector('input[type=search]'), 'the sentences arrive');
    expect(page.root.querySelector<HTMLInputElement>('input[type=search]')!.placeholder).to.equal('Cerca trattative');
    expect(page.cards('New')[0]!.querySelector('.card-menu')!.getAttribute('aria-label')).to.match(/^Sposta /);
  });

  it('prints every deal it has read', async () => {
    page = await openBoard({ deals: 150 });
    const before = page.cards('New').length;
    dispatchEvent(new Event('beforeprint'));
    expect(page.cards('New').length).to.equal(30);
    dispatchEvent(new Event('afterprint'));
    expect(page.cards('New').length).to.equal(before);
  });

  it('is accessible', async () => {
    page = await openBoard();
    await expect(page.element).to.be.accessible();
  });

  it('shows one column at a time where there is no room for more', async () => {
    page = await openBoard({
      template: html`<div style="inline-size: 320px"><crm-pipeline-board></crm-pipeline-board></div>`,
    });
    await until(() => page.root.querySelector('.switcher'), 'there is a way between the stages');
    const width = page.root.querySelector('.columns')!.clientWidth;
    expect(page.column('New').getBoundingClientRect().width).to.be.closeTo(width, 1);
    expect(page.element.scrollWidth).to.equal(320);
    page.root.querySelectorAll<HTMLElement>('.switcher button')[2]!.click();
    const start = page.root.querySelector('.columns')!.getBoundingClientRect().left;
    await until(
      () => Math.abs(page.column('Needs').getBoundingClientRect().left - start) < 2,
      'the third column comes into sight',
    );
    expect(page.root.querySelector('.switcher [aria-current]')!.textContent).to.contain('Needs');
    await expect(page.element).to.be.accessible();
  });
});

describe('the states of the pipeline board', () => {
  let page: BoardPage;
  afterEach(() => page.remove());

  it('shows columns to come while it loads, of the size of those that come', async () => {
    let release = (): void => {};
    page = await placeBoard({ wait: new Promise<void>((resolve) => (release = resolve)) });
    await until(() => page.root.querySelector('.card-bones'), 'columns to come are drawn');
    expect(page.element.matches(':state(loading)')).to.equal(true);
    const bones = page.root.querySelector('.card-bones')!.getBoundingClientRect().height;
    const { height } = page.element.getBoundingClientRect();
    await expect(page.element).to.be.accessible();
    release();
    await oneEvent(page.element, 'crm-ready');
    await page.element.updateComplete;
    expect(page.cards('New')[0]!.getBoundingClientRect().height).to.equal(bones);
    expect(page.element.getBoundingClientRect().height).to.equal(height);
  });

  it('says that there are no deals, and still shows the stages', async () => {
    page = await openBoard({ deals: 0 });
    await until(() => page.element.matches(':state(empty)'), 'it is empty');
    expect(page.root.querySelector('.board-note')!.textContent).to.equal('No deals in this pipeline yet');
    expect(page.columns.length).to.equal(7);
    await expect(page.element).to.be.accessible();
  });

  it('offers to try again what failed', async () => {
    page = await placeBoard({ failure: new CrmError('internal', 'Broken.') });
    await until(() => page.element.matches(':state(error)'), 'it failed');
    await expect(page.element).to.be.accessible();
    page.store.fail(null);
    page.root.querySelector<HTMLElement>('[part=retry]')!.click();
    await until(() => page.root.querySelectorAll('.card').length > 0, 'it is there again');
  });

  it('keeps the deals in sight while there is no network', async () => {
    page = await openBoard();
    page.store.fail(network);
    await until(() => page.element.matches(':state(offline)'), 'it is offline');
    expect(page.root.querySelectorAll('.card').length).to.be.above(10);
    expect(page.root.querySelector('[part=offline-note]')).not.to.equal(null);
    page.store.fail(null);
    await until(() => page.element.matches(':state(ready)'), 'it is online');
  });

  it('says when somebody may not see deals', async () => {
    page = await placeBoard({ failure: new CrmError('forbidden', 'No.') });
    await until(() => page.element.matches(':state(forbidden)'), 'it is forbidden');
    expect(page.root.querySelector('.card')).to.equal(null);
    expect(page.root.textContent).to.contain('You have no access to this');
  });
});
