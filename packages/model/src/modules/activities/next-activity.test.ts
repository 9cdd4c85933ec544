import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import { RuleBench } from '../../testing/rule-bench.ts';

const office = async (): Promise<RuleBench> => {
  const bench = new RuleBench();
  const { id } = await bench.add('users', { name: { last: 'Neri' }, email: 'ada@example.com' });
  bench.identity = { type: 'user', id, admin: false };
  return bench;
};

describe('what comes next for a record', () => {
  const nextOf = async () => {
    const bench = await office();
    const account = await bench.add('accounts', { name: 'Neri' });
    const contact = await bench.add('contacts', { name: { last: 'Rossi' } });
    const next = () =>
      [account, contact].map(({ id }, index) => bench.get(['accounts', 'contacts'][index]!, id)['nextActivityAt']);
    return { bench, account, contact, next };
  };
  const visit = (day: string) => ({
    subject: 'Visit',
    type: 'meeting',
    start: `${day}T08:00:00.000Z`,
    end: `${day}T09:00:00.000Z`,
  });

  test('is when a task about it is due, on the clocks of the tenant, however long that is over', async () => {
    const { bench, account, contact, next } = await nextOf();
    const about = { account: account.id, related: [{ module: 'contacts', id: contact.id }] };
    const task = await bench.add('tasks', { subject: 'Call', ...about });
    assert.deepEqual(next(), [null, null]);
    await bench.set('tasks', task, { dueDate: '2026-06-10' });
    assert.deepEqual(next(), ['2026-06-09T22:00:00.000Z', '2026-06-09T22:00:00.000Z']);
    await bench.set('tasks', task, { dueTime: '15:30' });
    assert.deepEqual(next(), ['2026-06-10T13:30:00.000Z', '2026-06-10T13:30:00.000Z']);
    await bench.set('tasks', task, { status: 'completed' });
    assert.deepEqual(next(), [null, null]);
    await bench.set('tasks', task, { status: 'in_progress' });
    assert.deepEqual(next(), ['2026-06-10T13:30:00.000Z', '2026-06-10T13:30:00.000Z']);
  });

  test('is when a planned event about it begins', async () => {
    const { bench, account, next } = await nextOf();
    const event = await bench.add('events', { ...visit('2026-06-15'), account: account.id });
    assert.equal(next()[0], '2026-06-15T08:00:00.000Z');
    await bench.set('events', event, { status: 'held' });
    assert.equal(next()[0], null);
    await bench.set('events', event, { status: 'planned' });
    assert.equal(next()[0], '2026-06-15T08:00:00.000Z');
    await bench.set('events', event, { status: 'cancelled' });
    assert.equal(next()[0], null);
  });

  test('is the earliest of several, also when that one is put off', async () => {
    const { bench, account, next } = await nextOf();
    const later = await bench.add('events', { ...visit('2026-07-02'), account: account.id });
    const first = await bench.add('tasks', { subject: 'Call', dueDate: '2026-07-01', account: account.id });
    await bench.add('events', { ...visit('2026-07-03'), account: account.id });
    assert.equal(next()[0], '2026-06-30T22:00:00.000Z');
    await bench.set('tasks', first, { dueDate: '2026-08-01' });
    assert.equal(next()[0], later['start']);
    await bench.set('tasks', first, { dueDate: '2026-07-01', dueTime: '09:00' });
    assert.equal(next()[0], '2026-07-01T07:00:00.000Z');
  });

  test('goes with the activity to what that is about now', async () => {
    const { bench, account, contact, next } = await nextOf();
    const event = await bench.add('events', { ...visit('2026-07-01'), account: account.id });
    await bench.set('events', event, { account: null, related: [{ module: 'contacts', id: contact.id }] });
    assert.deepEqual(next(), [null, event['start']]);
    await bench.set('events', event, { contact: contact.id, related: null });
    assert.deepEqual(next(), [null, event['start']]);
  });

  test('goes with the activity to the recycle bin, and comes back with it', async () => {
    const { bench, account, next } = await nextOf();
    const event = await bench.add('events', { ...visit('2026-07-02'), account: account.id });
    const task = await bench.add('tasks', { subject: 'Call', dueDate: '2026-07-01', account: account.id });
    const child = { subject: 'Dial', dueDate: '2026-06-30', account: account.id, parent: task.id };
    await bench.add('tasks', child);
    await bench.remove('tasks', task);
    assert.equal(next()[0], event['start']);
    await bench.restore('tasks', task);
    assert.equal(next()[0], '2026-06-29T22:00:00.000Z');
  });

  test('is told anew to a record that comes back, of which activities knew nothing meanwhile', async () => {
    const { bench, account, next } = await nextOf();
    const related = [{ module: 'accounts', id: account.id }];
    const task = await bench.add('tasks', { subject: 'Call', dueDate: '2026-07-01', related });
    await bench.add('tasks', { subject: 'Dial', dueDate: '2026-06-30', account: account.id });
    const event = await bench.add('events', { ...visit('2026-07-02'), related });
    await bench.remove('accounts', account);
    await bench.set('tasks', task, { status: 'completed' });
    await bench.restore('accounts', account);
    assert.equal(next()[0], event['start']);
  });

  test('moves with what was done for a lead to what the lead became, and back', async () => {
    const bench = await office();
    const lead = await bench.add('leads', { name: { last: 'Rossi' }, company: 'Rossi', emails: [{ value: 'r@x.it' }] });
    const event = await bench.add('events', { ...visit('2026-07-01'), related: [{ module: 'leads', id: lead.id }] });
    const { account } = await bench.act('leads', lead, 'convert');
    assert.equal(bench.get('accounts', account)['nextActivityAt'], event['start']);
    assert.equal(bench.get('leads', lead.id)['nextActivityAt'], event['start']);
    await bench.act('leads', lead, 'undoConversion');
    assert.equal(bench.get('leads', lead.id)['nextActivityAt'], event['start']);
  });

  test('is no change of the record by anybody', async () => {
    const { bench, account } = await nextOf();
    bench.now = '2026-06-16T10:00:00.000Z';
    await bench.add('events', { ...visit('2026-07-01'), account: account.id });
    const { updatedAt, updatedBy, lastActivityAt } = bench.get('accounts', account.id);
    assert.deepEqual([updatedAt, updatedBy, lastActivityAt], [account['updatedAt'], account['updatedBy'], null]);
  });

  test('can be told of the first and the last days of the calendar', async () => {
    const { bench, account, next } = await nextOf();
    const task = await bench.add('tasks', { subject: 'Call', dueDate: '0001-01-01', account: account.id });
    assert.equal(next()[0], '0001-01-01T00:00:00.000Z');
    await bench.set('tasks', task, { dueDate: '9999-12-31' });
    assert.equal(next()[0], '9999-12-30T23:00:00.000Z');
  });

  test('is found among more than a thousand', async () => {
    const { bench, account, next } = await nextOf();
    const related = [{ module: 'accounts', id: account.id }];
    const first = await bench.add('tasks', { subject: 'Now', dueDate: '2026-06-01', related });
    for (let index = 0; index < 1100; index++)
      await bench.add('tasks', { subject: 'Call', dueDate: index < 1050 ? '2026-07-02' : '2026-07-01', related });
    await bench.set('tasks', first, { status: 'completed' });
    assert.equal(next()[0], '2026-06-30T22:00:00.000Z');
  });
});
