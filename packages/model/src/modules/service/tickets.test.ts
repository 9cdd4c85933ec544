import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import type { AnyRecord } from '../../module.ts';
import { issuesOf, RuleBench } from '../../testing/rule-bench.ts';

const anna = { salutation: null, first: 'Anna', middle: null, last: 'Rossi', suffix: null };

const desk = async () => {
  const bench = new RuleBench();
  const account = await bench.add('accounts', { name: 'Neri' });
  const contact = await bench.add('contacts', { name: anna, primaryAccount: account.id });
  const user = await bench.add('users', { name: anna, email: 'ada@example.com' });
  const ticket = await bench.add('tickets', { subject: 'It squeaks', contact: contact.id });
  const move = async (...statuses: readonly string[]): Promise<AnyRecord> => {
    for (const status of statuses) await bench.set('tickets', ticket, { status });
    return bench.get('tickets', ticket.id);
  };
  const asCustomer = () => (bench.identity = { type: 'subject', module: 'contacts', id: contact.id });
  const asAgent = () => (bench.identity = { type: 'user', id: user.id, admin: false });
  return { bench, account, contact, ticket, move, asCustomer, asAgent };
};

const resolved = { status: 'resolved', resolution: 'Oiled' };

describe('a ticket', () => {
  test('belongs to the account of its contact', async () => {
    const { ticket, account } = await desk();
    assert.equal(ticket['account'], account.id);
    assert.equal(ticket['reopenedCount'], 0);
  });

  test('goes along the arrows only', async () => {
    const { bench, ticket, move } = await desk();
    const work = bench.set('tickets', ticket, { status: 'in_progress' });
    assert.deepEqual(await issuesOf(work), ['/status lifecycle.forbidden']);
    await move('open', 'assigned', 'in_progress', 'wait_third_party', 'in_progress', 'wait_customer');
  });

  test('is resolved with a solution, rejected with a reason, a duplicate of something', async () => {
    const { move } = await desk();
    assert.deepEqual(await issuesOf(move('resolved')), ['/resolution required']);
    assert.deepEqual(await issuesOf(move('rejected')), ['/rejectReason required']);
    assert.deepEqual(await issuesOf(move('duplicate')), ['/duplicateOf required']);
  });

  test('remembers when it was resolved and closed, and how long that took', async () => {
    const { bench, ticket } = await desk();
    bench.now = '2026-06-15T11:30:00.000Z';
    await bench.set('tickets', ticket, resolved);
    bench.now = '2026-06-18T11:30:00.000Z';
    const closed = await bench.set('tickets', ticket, { status: 'closed' });
    assert.equal(closed['resolvedAt'], '2026-06-15T11:30:00.000Z');
    assert.equal(closed['resolutionMinutes'], 90);
    assert.equal(closed['closedAt'], bench.now);
  });

  test('is opened again within seven days, and not later', async () => {
    const { bench, ticket } = await desk();
    await bench.set('tickets', ticket, resolved);
    bench.now = '2026-06-22T10:00:00.000Z';
    const open = await bench.set('tickets', ticket, { status: 'open' });
    assert.deepEqual([open['reopenedCount'], open['resolvedAt']], [1, null]);
    await bench.set('tickets', ticket, resolved);
    bench.now = '2026-06-29T10:00:00.001Z';
    const late = bench.set('tickets', ticket, { status: 'open' });
    assert.deepEqual(await issuesOf(late), ['/status reopen-too-late']);
  });

  test('forbids deleting its account while it is open, and forgets a deleted contact', async () => {
    const { bench, account, contact, ticket } = await desk();
    assert.deepEqual(await issuesOf(bench.remove('accounts', account)), [' in-use']);
    await bench.remove('contacts', contact);
    assert.equal(bench.get('tickets', ticket.id)['contact'], null);
    await bench.set('tickets', ticket, resolved);
    await bench.remove('accounts', account);
  });
});

describe('answering on a ticket', () => {
  test('the first public answer of ours is the first response; a note among us is not', async () => {
    const { bench, ticket, asAgent } = await desk();
    asAgent();
    bench.now = '2026-06-15T10:10:00.000Z';
    await bench.act('tickets', ticket, 'comment', { body: 'Who has seen this?', internal: true });
    assert.equal(bench.get('tickets', ticket.id)['firstResponseAt'], null);
    bench.now = '2026-06-15T10:25:00.000Z';
    const { note } = await bench.act('tickets', ticket, 'comment', { body: 'We are looking into it' });
    assert.equal(bench.get('tickets', ticket.id)['firstResponseAt'], bench.now);
    assert.equal(bench.get('tickets', ticket.id)['firstResponseMinutes'], 25);
    assert.deepEqual(bench.get('notes', note)['record'], { module: 'tickets', id: ticket.id });
    bench.now = '2026-06-15T12:00:00.000Z';
    await bench.act('tickets', ticket, 'comment', { body: 'Found it' });
    assert.equal(bench.get('tickets', ticket.id)['firstResponseMinutes'], 25);
  });

  test('a customer’s answer is never hidden, is no response, and ends the waiting', async () => {
    const { bench, ticket, move, asCustomer } = await desk();
    await move('open', 'assigned', 'in_progress', 'wait_customer');
    asCustomer();
    const { note } = await bench.act('tickets', ticket, 'comment', { body: 'Here it is', internal: true });
    assert.equal(bench.get('notes', note)['internal'], false);
    const after = bench.get('tickets', ticket.id);
    assert.deepEqual([after['status'], after['firstResponseAt']], ['in_progress', null]);
  });

  test('a customer’s answer opens a closed ticket again, and later makes one that follows it up', async () => {
    const { bench, ticket, asCustomer } = await desk();
    await bench.set('tickets', ticket, resolved);
    asCustomer();
    const soon = await bench.act('tickets', ticket, 'comment', { body: 'It still squeaks' });
    assert.deepEqual([soon['ticket'], soon['followUp']], [ticket.id, false]);
    assert.equal(bench.get('tickets', ticket.id)['status'], 'open');
    bench.identity = { type: 'system' };
    await bench.set('tickets', ticket, resolved);
    bench.now = '2026-09-01T10:00:00.000Z';
    asCustomer();
    const late = await bench.act('tickets', ticket, 'comment', { body: 'It squeaks again' });
    assert.equal(late['followUp'], true);
    const next = bench.get('tickets', late['ticket']);
    assert.deepEqual([next['followUpOf'], next['subject'], next['status']], [ticket.id, 'It squeaks', 'new']);
    assert.equal(bench.get('tickets', ticket.id)['status'], 'resolved');
    assert.deepEqual(bench.get('notes', late['note'])['record'], { module: 'tickets', id: next.id });
  });

  test('opening again is an action too, for what is done with', async () => {
    const { bench, ticket } = await desk();
    assert.deepEqual(await issuesOf(bench.act('tickets', ticket, 'reopen')), ['/status lifecycle.forbidden']);
    await bench.set('tickets', ticket, resolved);
    assert.deepEqual(await bench.act('tickets', ticket, 'reopen'), { ticket: ticket.id, followUp: false });
  });

  test('the customer says that it is solved, closes it, and rates how it went', async () => {
    const { bench, ticket, asCustomer } = await desk();
    asCustomer();
    assert.deepEqual(await issuesOf(bench.act('tickets', ticket, 'rate', { score: 5 })), ['/csat too-early']);
    await bench.act('tickets', ticket, 'close', { resolution: 'It stopped' });
    assert.equal(bench.get('tickets', ticket.id)['status'], 'resolved');
    await bench.act('tickets', ticket, 'close');
    await bench.act('tickets', ticket, 'rate', { score: 5 });
    const { status, csat } = bench.get('tickets', ticket.id);
    assert.deepEqual([status, csat], ['closed', 5]);
    assert.notDeepEqual(await issuesOf(bench.act('tickets', ticket, 'rate', { score: 6 })), []);
  });

  test('what a customer opens is theirs', async () => {
    const { bench, contact, account, asCustomer } = await desk();
    asCustomer();
    const made = await bench.add('tickets', { subject: 'Lamp', portalVisible: false });
    assert.deepEqual(
      [made['contact'], made['account'], made['channel'], made['portalVisible']],
      [contact.id, account.id, 'portal', true],
    );
  });
});
