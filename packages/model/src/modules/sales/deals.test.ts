import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import type { AnyRecord } from '../../module.ts';
import { ageDays, isStalled } from '../../rules/deal-age.ts';
import { weightedAmount } from '../../rules/deal-amounts.ts';
import { lacksDecisionMaker } from '../../rules/deal-contacts.ts';
import { issuesOf, RuleBench } from '../../testing/rule-bench.ts';

const euros = (amount: string) => ({ amount, currency: 'EUR' });

interface Sales {
  readonly bench: RuleBench;
  readonly account: AnyRecord;
  readonly stages: Readonly<Record<string, AnyRecord>>;
  readonly pipeline: AnyRecord;
}

/** The default stages of the catalogue. */
const stages = [
  ['new', 'open', '10'],
  ['qualified', 'open', '25'],
  ['offer', 'open', '60'],
  ['won', 'won', null],
  ['lost', 'lost', null],
] as const;

const sales = async (gate: Readonly<Record<string, unknown>> = {}): Promise<Sales> => {
  const bench = new RuleBench();
  const pipeline = await bench.add('pipelines', { name: 'Sales' });
  const made: Record<string, AnyRecord> = {};
  for (const [name, kind, probability] of stages) {
    const more = name === 'offer' ? gate : {};
    made[name] = await bench.add('stages', { pipeline: pipeline.id, name, kind, probability, ...more });
  }
  return { bench, pipeline, stages: made, account: await bench.add('accounts', { name: 'Neri' }) };
};

const draft = ({ account }: Sales, values: Readonly<Record<string, unknown>> = {}) => ({
  name: 'Mill',
  account: account.id,
  expectedCloseDate: '2026-09-30',
  ...values,
});

describe('a deal', () => {
  test('begins in the first open stage of the default pipeline, with what the stage says', async () => {
    const office = await sales();
    const deal = await office.bench.add('deals', draft(office));
    assert.equal(deal['pipeline'], office.pipeline.id);
    assert.equal(deal['stage'], office.stages['new']!.id);
    assert.equal(deal['probability'], '10.00');
    assert.equal(deal['outcome'], 'open');
    assert.equal(deal['forecastCategory'], 'pipeline');
    assert.equal(deal['stageEnteredAt'], office.bench.now);
  });

  test('weighs 4,320.98 at 12,345.67 and 35 %', async () => {
    assert.deepEqual(weightedAmount(euros('12345.67'), '35.00'), euros('4320.98'));
    assert.equal(weightedAmount(null, '35.00'), null);
    assert.deepEqual(weightedAmount({ amount: '1235', currency: 'JPY' }, '50'), { amount: '618', currency: 'JPY' });
    const office = await sales();
    const values = draft(office, { amount: euros('12345.67'), probability: '35' });
    const deal = await office.bench.add('deals', values);
    assert.deepEqual(deal['weightedAmount'], euros('4320.98'));
    assert.equal(deal['probabilityMode'], 'manual');
  });

  test('takes the probability of each stage, until somebody types another', async () => {
    const office = await sales();
    const deal = await office.bench.add('deals', draft(office));
    const moved = await office.bench.set('deals', deal, { stage: office.stages['qualified']!.id });
    assert.equal(moved['probability'], '25.00');
    await office.bench.set('deals', deal, { probability: '40.00' });
    const later = await office.bench.set('deals', deal, { stage: office.stages['offer']!.id });
    assert.equal(later['probability'], '40.00');
    const back = await office.bench.set('deals', deal, { probabilityMode: 'stage' });
    assert.equal(back['probability'], '60.00');
  });

  test('keeps a forecast category that is locked', async () => {
    const office = await sales();
    const deal = await office.bench.add('deals', draft(office, { forecastCategory: 'commit', forecastLocked: true }));
    const moved = await office.bench.set('deals', deal, { stage: office.stages['qualified']!.id });
    assert.equal(moved['forecastCategory'], 'commit');
  });

  test('needs an account or a lead', async () => {
    const office = await sales();
    const work = office.bench.add('deals', { name: 'Mill', expectedCloseDate: '2026-09-30' });
    assert.deepEqual(await issuesOf(work), ['/account one-of']);
  });

  test('is won with an amount and an account, today in the zone of the tenant', async () => {
    const office = await sales();
    const deal = await office.bench.add('deals', draft(office));
    const won = { stage: office.stages['won']!.id };
    assert.deepEqual(await issuesOf(office.bench.set('deals', deal, won)), ['/amount required']);
    office.bench.now = '2026-06-15T22:30:00.000Z';
    const closed = await office.bench.set('deals', deal, { ...won, amount: euros('10') });
    assert.equal(closed['outcome'], 'won');
    assert.equal(closed['actualCloseDate'], '2026-06-16');
    assert.equal(closed['probability'], '100.00');
    assert.equal(closed['forecastCategory'], 'closed');
  });

  test('of a lead is converted before it is won', async () => {
    const office = await sales();
    const lead = await office.bench.add('leads', { company: 'Verdi' });
    const values = { ...draft(office), account: null, lead: lead.id, amount: euros('10') };
    const deal = await office.bench.add('deals', values);
    const work = office.bench.set('deals', deal, { stage: office.stages['won']!.id });
    assert.deepEqual(await issuesOf(work), ['/account required']);
  });

  test('is lost for a reason, and to a competitor when the reason says so', async () => {
    const office = await sales();
    const deal = await office.bench.add('deals', draft(office));
    const price = await office.bench.add('lostReasons', { name: 'Price' });
    const rival = await office.bench.add('lostReasons', { name: 'Rival', needsCompetitor: true });
    const lost = { stage: office.stages['lost']!.id };
    assert.deepEqual(await issuesOf(office.bench.set('deals', deal, lost)), ['/lostReason required']);
    const work = office.bench.set('deals', deal, { ...lost, lostReason: rival.id });
    assert.deepEqual(await issuesOf(work), ['/lostTo required']);
    const closed = await office.bench.set('deals', deal, { ...lost, lostReason: price.id });
    assert.equal(closed['outcome'], 'lost');
    assert.equal(closed['probability'], '0.00');
  });

  test('opened again has no day of closing; lost straight from won it cannot be', async () => {
    const office = await sales();
    const deal = await office.bench.add('deals', draft(office, { amount: euros('10') }));
    await office.bench.set('deals', deal, { stage: office.stages['won']!.id });
    const reason = await office.bench.add('lostReasons', { name: 'Price' });
    const work = office.bench.set('deals', deal, { stage: office.stages['lost']!.id, lostReason: reason.id });
    assert.deepEqual(await issuesOf(work), ['/stage lifecycle.forbidden']);
    const open = await office.bench.set('deals', deal, { stage: office.stages['new']!.id });
    assert.equal(open['actualCloseDate'], null);
    assert.equal(open['probability'], '10.00');
  });

  test('goes forward with what the stages on the way ask for, and back without', async () => {
    const office = await sales({ requiredFields: ['amount', 'needConfirmed'], requiredTasks: ['Site visit'] });
    const deal = await office.bench.add('deals', draft(office, { amount: euros('10') }));
    const on = { stage: office.stages['won']!.id };
    assert.deepEqual(await issuesOf(office.bench.set('deals', deal, on)), [
      '/needConfirmed required',
      '/stage task-required',
    ]);
    const task = {
      subject: 'SITE VISIT',
      assignees: [{ module: 'users', id: office.bench.newId() }],
      related: [{ module: 'deals', id: deal.id }],
      status: 'completed',
    };
    await office.bench.add('tasks', task);
    const won = await office.bench.set('deals', deal, { ...on, needConfirmed: true });
    assert.equal(won['outcome'], 'won');
    await office.bench.set('deals', deal, { needConfirmed: false });
    const back = await office.bench.set('deals', deal, { stage: office.stages['offer']!.id });
    assert.equal(back['outcome'], 'open');
  });

  test('moved to another pipeline takes the stage of equal order, or the first', async () => {
    const office = await sales();
    const other = await office.bench.add('pipelines', { name: 'Partners' });
    const first = await office.bench.add('stages', { pipeline: other.id, name: 'a', kind: 'open' });
    const second = await office.bench.add('stages', { pipeline: other.id, name: 'b', kind: 'open' });
    const qualified = draft(office, { stage: office.stages['qualified']!.id });
    const deal = await office.bench.add('deals', qualified);
    assert.equal((await office.bench.set('deals', deal, { pipeline: other.id }))['stage'], second.id);
    const late = await office.bench.add('deals', draft(office, { stage: office.stages['offer']!.id }));
    assert.equal((await office.bench.set('deals', late, { pipeline: other.id }))['stage'], first.id);
  });

  test('takes the pipeline of its stage; a stage of another pipeline is refused', async () => {
    const office = await sales();
    const other = await office.bench.add('pipelines', { name: 'Partners' });
    const stage = await office.bench.add('stages', { pipeline: other.id, name: 'a', kind: 'open' });
    const deal = await office.bench.add('deals', draft(office, { stage: stage.id }));
    assert.equal(deal['pipeline'], other.id);
    const work = office.bench.set('deals', deal, { pipeline: office.pipeline.id, stage: stage.id });
    assert.deepEqual(await issuesOf(work), []);
    const bad = office.bench.add('deals', draft(office, { pipeline: office.pipeline.id, stage: stage.id }));
    assert.deepEqual(await issuesOf(bad), ['/stage other-pipeline']);
  });

  test('of lines is worth what they are', async () => {
    const office = await sales();
    const lines = [{ id: office.bench.newId(), quantity: '3', unitPrice: '19.99' }];
    const deal = await office.bench.add('deals', draft(office, { amountMode: 'lines', lines }));
    assert.deepEqual(deal['amount'], euros('59.97'));
  });

  test('that is open makes a prospect of its account', async () => {
    const office = await sales();
    await office.bench.add('deals', draft(office));
    assert.equal(office.bench.get('accounts', office.account.id)['lifecycle'], 'prospect');
  });

  test('forbids deleting its account while it is open', async () => {
    const office = await sales();
    const deal = await office.bench.add('deals', draft(office, { amount: euros('1') }));
    assert.deepEqual(await issuesOf(office.bench.remove('accounts', office.account)), [' in-use']);
    await office.bench.set('deals', deal, { stage: office.stages['won']!.id });
    assert.deepEqual(await issuesOf(office.bench.remove('accounts', office.account)), []);
  });

  test('forgets a deleted contact while it is open, and keeps it once it is closed', async () => {
    const office = await sales();
    const buyer = await office.bench.add('contacts', { name: { last: 'Rossi' } });
    const open = await office.bench.add('deals', draft(office, { contact: buyer.id }));
    const won = { contact: buyer.id, amount: euros('1'), stage: office.stages['won']!.id };
    const closed = await office.bench.add('deals', draft(office, won));
    await office.bench.remove('contacts', buyer);
    assert.equal(office.bench.get('deals', open.id)['contact'], null);
    assert.equal(office.bench.get('deals', closed.id)['contact'], buyer.id);
  });

  test('stalls when it is too long in a stage, or nobody does anything', () => {
    const moment = { now: '2026-06-15T10:00:00.000Z', timeZone: 'Europe/Rome' };
    const deal = {
      outcome: 'open',
      createdAt: '2026-05-01T10:00:00.000Z',
      stageEnteredAt: '2026-06-01T10:00:00.000Z',
      lastActivityAt: '2026-06-10T10:00:00.000Z',
    };
    const pipeline = { stallDays: 30 };
    assert.equal(isStalled({ deal, stage: { maxDays: 13 }, pipeline }, moment), true);
    assert.equal(isStalled({ deal, stage: { maxDays: 14 }, pipeline }, moment), false);
    assert.equal(
      isStalled({ deal: { ...deal, lastActivityAt: null }, stage: { maxDays: null }, pipeline }, moment),
      true,
    );
    assert.equal(isStalled({ deal: { ...deal, outcome: 'won' }, stage: { maxDays: 1 }, pipeline }, moment), false);
    assert.equal(ageDays(deal, moment), 45);
  });
});

describe('the stages of a pipeline', () => {
  test('are in the order in which they were made', async () => {
    const { stages: made } = await sales();
    assert.deepEqual(
      Object.values(made).map(({ order }) => order),
      [1, 2, 3, 4, 5],
    );
  });

  test('are certain when won or lost, and won in one way', async () => {
    const { bench, pipeline, stages: made } = await sales();
    assert.equal(made['won']!['probability'], '100.00');
    assert.equal(made['lost']!['probability'], '0.00');
    assert.equal(made['won']!['closed'], true);
    const work = bench.add('stages', { pipeline: pipeline.id, name: 'again', kind: 'won' });
    assert.deepEqual(await issuesOf(work), ['/kind one-won']);
    assert.deepEqual(await issuesOf(bench.remove('stages', made['won']!)), [' last-of-kind']);
  });

  test('hold their deals: neither what they are nor they themselves go away', async () => {
    const office = await sales();
    await office.bench.add('deals', draft(office));
    const first = office.stages['new']!;
    assert.deepEqual(await issuesOf(office.bench.set('stages', first, { kind: 'lost' })), ['/kind in-use']);
    assert.deepEqual(await issuesOf(office.bench.remove('stages', first)), [' in-use']);
  });

  test('show customers the label of now', async () => {
    const office = await sales();
    const deal = await office.bench.add('deals', draft(office));
    await office.bench.set('stages', office.stages['new']!, { customerLabel: 'We are reading' });
    assert.equal(office.bench.get('deals', deal.id)['customerStage'], 'We are reading');
  });
});

describe('pipelines and roles', () => {
  test('one pipeline of a module is the default, the first one until told', async () => {
    const { bench, pipeline } = await sales();
    assert.equal(pipeline['default'], true);
    const other = await bench.add('pipelines', { name: 'Partners', default: true });
    assert.equal(other['default'], true);
    assert.equal(bench.get('pipelines', pipeline.id)['default'], false);
  });

  test('a person has a role in a deal once, and one person is the main one', async () => {
    const office = await sales();
    const deal = await office.bench.add('deals', draft(office));
    const ada = await office.bench.add('contacts', { name: { last: 'Ada' } });
    const role = { deal: deal.id, contact: ada.id, role: 'legal', isPrimary: true };
    const first = await office.bench.add('dealContacts', role);
    assert.deepEqual(await issuesOf(office.bench.add('dealContacts', role)), ['/deal taken']);
    await office.bench.add('dealContacts', { ...role, role: 'decision_maker' });
    assert.equal(office.bench.get('dealContacts', first.id)['isPrimary'], false);
    assert.equal(lacksDecisionMaker([{ role: 'legal' }]), true);
    assert.equal(lacksDecisionMaker([{ role: 'legal' }, { role: 'economic_buyer' }]), false);
  });
});
