import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import type { AnyRecord } from '../../module.ts';
import { issuesOf, RuleBench } from '../../testing/rule-bench.ts';

const anna = { salutation: null, first: 'Anna', middle: null, last: 'Rossi', suffix: null };
const mail = (value: string) => [{ value, label: null, primary: true, invalid: false, optOut: false }];

const move = async (bench: RuleBench, lead: AnyRecord, ...stages: readonly string[]) => {
  for (const stage of stages) await bench.set('leads', lead, { stage });
};

const withPipeline = async (): Promise<RuleBench> => {
  const bench = new RuleBench();
  const pipeline = await bench.add('pipelines', { name: 'Sales' });
  await bench.add('stages', { pipeline: pipeline.id, name: 'New', kind: 'open', probability: '10' });
  return bench;
};

describe('a lead', () => {
  test('has a name or a company', async () => {
    const bench = new RuleBench();
    assert.deepEqual(await issuesOf(bench.add('leads', {})), ['/name one-of']);
    await bench.add('leads', { company: 'Neri' });
    await bench.add('leads', { name: anna });
  });

  test('goes along the arrows only, and remembers when', async () => {
    const bench = new RuleBench();
    const lead = await bench.add('leads', { company: 'Neri' });
    assert.deepEqual(await issuesOf(bench.set('leads', lead, { stage: 'mql' })), ['/stage lifecycle.forbidden']);
    await move(bench, lead, 'contacted', 'nurturing');
    bench.now = '2026-06-20T08:00:00.000Z';
    await move(bench, lead, 'mql');
    assert.equal(bench.get('leads', lead.id)['mqlAt'], bench.now);
    assert.deepEqual(await issuesOf(move(bench, lead, 'nurturing')), ['/rejectionReason required']);
    await move(bench, lead, 'sql');
    assert.equal(bench.get('leads', lead.id)['sqlAt'], bench.now);
  });

  test('is disqualified for a reason, then recycled', async () => {
    const bench = new RuleBench();
    const lead = await bench.add('leads', { company: 'Neri' });
    assert.deepEqual(await issuesOf(move(bench, lead, 'disqualified')), ['/disqualifyReason required']);
    await bench.set('leads', lead, { stage: 'disqualified', disqualifyReason: 'no_budget' });
    await move(bench, lead, 'recycled', 'nurturing');
    assert.equal(bench.get('leads', lead.id)['recycledAt'], bench.now);
  });

  test('is converted by the action only, and read-only afterwards', async () => {
    const bench = new RuleBench();
    const lead = await bench.add('leads', { company: 'Neri' });
    assert.deepEqual(await issuesOf(move(bench, lead, 'converted')), ['/stage lifecycle.by-action']);
    await bench.act('leads', lead, 'convert');
    assert.deepEqual(await issuesOf(bench.set('leads', lead, { company: 'X' })), ['/company locked']);
    await bench.set('leads', lead, { tags: ['vip'] });
    assert.deepEqual(await issuesOf(bench.act('leads', lead, 'convert')), ['/stage lifecycle.forbidden']);
  });
});

describe('converting a lead', () => {
  const full = {
    name: anna,
    company: 'Neri & C. srl',
    jobTitle: 'CEO',
    emails: mail('anna@neri.it'),
    vatNumber: 'IT00743110157',
    industry: 'food',
    estimatedAmount: { amount: '1000', currency: 'EUR' },
    estimatedCloseDate: '2026-09-30',
  };

  test('makes an account, a contact linked to it and a deal, and remembers all three', async () => {
    const bench = await withPipeline();
    const lead = await bench.add('leads', full);
    const made = await bench.act('leads', lead, 'convert', { createDeal: true });
    const { convertedAccount, convertedContact, convertedDeal, stage, convertedAt } = bench.get('leads', lead.id);
    assert.deepEqual(made, { account: convertedAccount, contact: convertedContact, deal: convertedDeal });
    assert.equal(stage, 'converted');
    assert.equal(convertedAt, bench.now);
    const account = bench.get('accounts', made['account']);
    assert.equal(account['name'], 'Neri & C. srl');
    assert.equal(account['vatNumber'], '00743110157');
    assert.equal(account['lifecycle'], 'prospect');
    assert.equal(account['convertedFromLead'], lead.id);
    const contact = bench.get('contacts', made['contact']);
    assert.equal(contact['jobTitle'], 'CEO');
    assert.equal(contact['primaryAccount'], account.id);
    const [link] = await bench.find('accountContacts', { account: account.id });
    assert.equal(link!['contact'], contact.id);
    const deal = bench.get('deals', made['deal']);
    assert.deepEqual(deal['amount'], { amount: '1000.00', currency: 'EUR' });
    assert.equal(deal['expectedCloseDate'], '2026-09-30');
    assert.equal(deal['contact'], contact.id);
  });

  const known = [
    ['the VAT number', { name: 'Something else', vatNumber: '00743110157' }],
    ['the domain', { name: 'Something else', website: 'https://www.neri.it' }],
    ['the name', { name: 'NERI & C. S.R.L.' }],
  ] as const;
  for (const [by, values] of known) {
    test(`links an account that is known by ${by}`, async () => {
      const bench = new RuleBench();
      const account = await bench.add('accounts', values);
      const made = await bench.act('leads', await bench.add('leads', full), 'convert');
      assert.equal(made['account'], account.id);
      assert.equal((await bench.find('accounts')).length, 1);
    });
  }

  test('links a contact that is known by e-mail or phone, beside the accounts it has', async () => {
    const phones = [
      { value: '+393331234567', extension: null, label: null, primary: true, doNotCall: false, country: null },
    ];
    for (const values of [{ emails: mail('anna@neri.it') }, { phones }]) {
      const bench = new RuleBench();
      const old = await bench.add('accounts', { name: 'Old employer' });
      const contact = await bench.add('contacts', { name: anna, ...values, primaryAccount: old.id });
      const lead = await bench.add('leads', { ...full, phones });
      const made = await bench.act('leads', lead, 'convert');
      assert.equal(made['contact'], contact.id);
      assert.notEqual(made['account'], old.id);
      const links = await bench.find('accountContacts', { contact: contact.id });
      assert.deepEqual(new Set(links.map(({ account }) => account)), new Set([old.id, made['account']]));
      assert.equal(bench.get('contacts', contact.id)['primaryAccount'], old.id);
    }
  });

  test('takes the account and contact that were chosen', async () => {
    const bench = new RuleBench();
    const account = await bench.add('accounts', { name: 'Chosen' });
    const contact = await bench.add('contacts', { name: anna });
    const lead = await bench.add('leads', full);
    const made = await bench.act('leads', lead, 'convert', { account: account.id, contact: contact.id });
    assert.deepEqual(made, { account: account.id, contact: contact.id, deal: null });
    assert.equal(bench.get('contacts', contact.id)['primaryAccount'], account.id);
  });

  test('without a company makes the account of a person', async () => {
    const bench = new RuleBench();
    const made = await bench.act('leads', await bench.add('leads', { name: anna }), 'convert');
    const account = bench.get('accounts', made['account']);
    assert.equal(account['kind'], 'person');
    assert.equal(account['name'], 'Anna Rossi');
    assert.equal(account['personContact'], made['contact']);
    assert.equal((await bench.find('contacts')).length, 1);
  });

  test('without a company makes a person we know the person of an account', async () => {
    const bench = new RuleBench();
    const contact = await bench.add('contacts', { name: anna, emails: mail('anna@neri.it'), jobTitle: 'CEO' });
    const lead = await bench.add('leads', { name: { ...anna, first: 'A.' }, emails: mail('anna@neri.it') });
    const made = await bench.act('leads', lead, 'convert');
    assert.equal(made['contact'], contact.id);
    assert.equal(bench.get('accounts', made['account'])['personContact'], contact.id);
    assert.equal(bench.get('contacts', contact.id)['personAccount'], made['account']);
    assert.equal((await bench.find('contacts')).length, 1);
  });

  test('of a company without a name makes no contact', async () => {
    const bench = new RuleBench();
    const made = await bench.act('leads', await bench.add('leads', { company: 'Neri' }), 'convert');
    assert.equal(made['contact'], null);
  });

  test('takes along what was done for the lead', async () => {
    const bench = await withPipeline();
    const lead = await bench.add('leads', full);
    const about = { module: 'leads', id: lead.id };
    const assignees = [{ module: 'users', id: bench.newId() }];
    const task = await bench.add('tasks', { subject: 'Call', assignees, related: [about] });
    const note = await bench.add('notes', { record: about, body: 'Nice people' });
    const deal = await bench.add('deals', { name: 'Early', lead: lead.id, expectedCloseDate: '2026-09-30' });
    const made = await bench.act('leads', lead, 'convert', { createDeal: true });
    assert.deepEqual(bench.get('tasks', task.id)['related'], [
      about,
      { module: 'accounts', id: made['account'] },
      { module: 'deals', id: made['deal'] },
    ]);
    assert.deepEqual(bench.get('notes', note.id)['record'], { module: 'accounts', id: made['account'] });
    assert.equal(bench.get('deals', deal.id)['account'], made['account']);
  });

  test('changes nothing when a step fails, saying where', async () => {
    const bench = await withPipeline();
    const lead = await bench.add('leads', { ...full, vatNumber: '123', estimatedCloseDate: null });
    const issues = await issuesOf(bench.act('leads', lead, 'convert', { createDeal: true }));
    assert.ok(issues.includes('/vatNumber vat-number'));
    assert.ok(issues.includes('/estimatedCloseDate required'));
    assert.equal((await bench.find('accounts')).length, 0);
    assert.equal(bench.get('leads', lead.id)['stage'], 'new');
  });
});
