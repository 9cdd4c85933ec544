import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import type { AnyRecord } from '../../module.ts';
import { reliedOnBy } from '../../rules/conversion-undo.ts';
import { issuesOf, RuleBench } from '../../testing/rule-bench.ts';
import { builtInRegistry } from '../built-in.ts';

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

describe('converting a lead', () => {
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

describe('undoing a conversion', () => {
  const isGone = async (bench: RuleBench, ...modules: readonly string[]) => {
    for (const module of modules) assert.deepEqual(await bench.find(module), [], module);
  };

  /** A lead as it was, but for what a change counts. */
  const facts = ({ version: _version, updatedAt: _updatedAt, stageEnteredAt: _since, ...rest }: AnyRecord) => rest;

  const nextDay = '2026-06-16T10:00:00.000Z';

  test('removes what it made, and the lead is what it was', async () => {
    const bench = await withPipeline();
    const lead = await bench.add('leads', full);
    await move(bench, lead, 'contacted', 'nurturing', 'mql', 'sql');
    const before = bench.get('leads', lead.id);
    bench.now = '2026-06-15T12:00:00.000Z';
    await bench.act('leads', lead, 'convert', { createDeal: true });
    bench.now = '2026-06-16T12:00:00.000Z';
    assert.deepEqual(await bench.act('leads', lead, 'undoConversion'), { stage: 'sql' });
    assert.deepEqual(facts(bench.get('leads', lead.id)), facts(before));
    assert.equal(bench.get('leads', lead.id)['stageEnteredAt'], before['sqlAt']);
    await isGone(bench, 'accounts', 'contacts', 'accountContacts', 'deals');
  });

  test('can be followed by another conversion', async () => {
    const bench = new RuleBench();
    const lead = await bench.add('leads', { name: anna });
    await bench.act('leads', lead, 'convert');
    await bench.act('leads', lead, 'undoConversion');
    await isGone(bench, 'accounts', 'contacts', 'accountContacts');
    const { account } = await bench.act('leads', lead, 'convert');
    assert.equal(bench.get('leads', lead.id)['convertedAccount'], account);
  });

  test('lets what it removed come back together', async () => {
    const bench = await withPipeline();
    const lead = await bench.add('leads', full);
    const made = await bench.act('leads', lead, 'convert', { createDeal: true });
    await bench.act('leads', lead, 'undoConversion');
    await bench.restore('accounts', { id: made['account'] as string });
    assert.equal(bench.get('contacts', made['contact'])['primaryAccount'], made['account']);
    assert.equal(bench.get('deals', made['deal'])['account'], made['account']);
    assert.equal((await bench.find('accountContacts')).length, 1);
  });

  test('is refused where nothing was converted, by anything but the action, and after a day', async () => {
    const bench = new RuleBench();
    const lead = await bench.add('leads', full);
    const undo = () => issuesOf(bench.act('leads', lead, 'undoConversion'));
    assert.deepEqual(await undo(), ['/stage lifecycle.forbidden']);
    await bench.act('leads', lead, 'convert');
    assert.deepEqual(await issuesOf(move(bench, lead, 'new')), ['/stage locked', '/stage lifecycle.forbidden']);
    bench.now = '2026-06-16T10:00:00.001Z';
    assert.deepEqual(await undo(), ['/stage too-late']);
    bench.now = nextDay;
    assert.deepEqual(await undo(), []);
  });

  const uses: Readonly<
    Record<string, readonly [string, (bench: RuleBench, made: Readonly<Record<string, unknown>>) => Promise<unknown>]>
  > = {
    'the account was changed': [
      'Account',
      (bench, { account }) => bench.set('accounts', { id: account as string }, { employees: 3 }),
    ],
    'the deal was deleted': ['Deal', (bench, { deal }) => bench.remove('deals', { id: deal as string })],
    'the account has another deal': [
      'Account',
      (bench, { account }) => bench.add('deals', { name: 'More', account, expectedCloseDate: '2026-09-30' }),
    ],
    'somebody reports to the contact': [
      'Contact',
      (bench, { contact }) => bench.add('contacts', { name: { ...anna, first: 'Ugo' }, reportsTo: contact }),
    ],
    'somebody wrote about the deal': [
      'Deal',
      (bench, { deal }) => bench.add('notes', { record: { module: 'deals', id: deal }, body: 'Good news' }),
    ],
    'the account has a task': [
      'Account',
      (bench, { account }) =>
        bench.add('tasks', {
          subject: 'Call',
          assignees: [{ module: 'users', id: bench.newId() }],
          related: [{ module: 'accounts', id: account }],
        }),
    ],
    'another lead became the same account': [
      'Account',
      async (bench) => bench.act('leads', await bench.add('leads', { company: full.company }), 'convert'),
    ],
  };
  for (const [why, [field, use]] of Object.entries(uses)) {
    test(`is refused when ${why}, changing nothing`, async () => {
      const bench = await withPipeline();
      const lead = await bench.add('leads', full);
      const made = await bench.act('leads', lead, 'convert', { createDeal: true });
      bench.now = '2026-06-15T11:00:00.000Z';
      await use(bench, made);
      const before = bench.get('leads', lead.id);
      assert.deepEqual(await issuesOf(bench.act('leads', lead, 'undoConversion')), [`/converted${field} touched`]);
      assert.deepEqual(bench.get('leads', lead.id), before);
      assert.ok(bench.get('accounts', made['account']));
    });
  }

  test('looks at every list of what it removes', () => {
    const registry = builtInRegistry();
    for (const [key, links] of Object.entries(reliedOnBy)) {
      const known = new Set(links.map(([module, field]) => `${module}.${field}`));
      const listed = Object.values(registry.get(key).many).map(({ module, by }) => `${module}.${by}`);
      assert.deepEqual(
        listed.filter((link) => !known.has(link)),
        [],
      );
    }
  });

  test('keeps whom we knew before, without the link that was made', async () => {
    const bench = new RuleBench();
    const account = await bench.add('accounts', { name: 'Chosen' });
    const contact = await bench.add('contacts', { name: anna });
    const lead = await bench.add('leads', full);
    await bench.act('leads', lead, 'convert', { account: account.id, contact: contact.id });
    await bench.act('leads', lead, 'undoConversion');
    assert.ok(bench.get('accounts', account.id));
    assert.equal(bench.get('contacts', contact.id)['primaryAccount'], null);
    await isGone(bench, 'accountContacts');
  });

  test('keeps what was made in the same instant, but not by it', async () => {
    const bench = new RuleBench();
    const lead = await bench.add('leads', full);
    const contact = await bench.add('contacts', { name: anna, emails: mail('anna@neri.it') });
    const { account } = await bench.act('leads', lead, 'convert');
    assert.equal(bench.get('accounts', account)['createdAt'], contact['createdAt']);
    await bench.act('leads', lead, 'undoConversion');
    assert.ok(bench.get('contacts', contact.id));
    await isGone(bench, 'accounts', 'accountContacts');
  });

  test('keeps a person we knew before, whose account goes', async () => {
    const bench = new RuleBench();
    const contact = await bench.add('contacts', { name: anna, emails: mail('anna@neri.it') });
    const lead = await bench.add('leads', { name: anna, emails: mail('anna@neri.it') });
    await bench.act('leads', lead, 'convert');
    await bench.act('leads', lead, 'undoConversion');
    assert.equal(bench.get('contacts', contact.id)['personAccount'], null);
    await isGone(bench, 'accounts');
  });

  test('gives back what was done for the lead, even where somebody went on with it', async () => {
    const bench = await withPipeline();
    const known = await bench.add('accounts', { name: full.company });
    const lead = await bench.add('leads', full);
    const about = { module: 'leads', id: lead.id };
    const related = [about, { module: 'accounts', id: known.id }];
    const assignees = [{ module: 'users', id: bench.newId() }];
    const task = await bench.add('tasks', { subject: 'Call', assignees, related: [about] });
    const shared = await bench.add('tasks', { subject: 'Write', assignees, related });
    const note = await bench.add('notes', { record: about, body: 'Nice people' });
    const deal = await bench.add('deals', { name: 'Early', lead: lead.id, expectedCloseDate: '2026-09-30' });
    await bench.act('leads', lead, 'convert', { createDeal: true });
    bench.now = '2026-06-15T11:00:00.000Z';
    await bench.set('tasks', task, { status: 'completed' });
    await bench.set('notes', note, { body: 'Very nice people' });
    await bench.act('leads', lead, 'undoConversion');
    assert.deepEqual(bench.get('tasks', task.id)['related'], [about]);
    assert.equal(bench.get('tasks', task.id)['status'], 'completed');
    assert.deepEqual(bench.get('tasks', shared.id)['related'], related);
    assert.deepEqual(bench.get('notes', note.id)['record'], about);
    assert.equal(bench.get('notes', note.id)['body'], 'Very nice people');
    const { account, contact } = bench.get('deals', deal.id);
    assert.deepEqual({ account, contact }, { account: null, contact: null });
  });
});
