import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import { collide } from '../../rules/events.ts';
import { isOverdue } from '../../rules/tasks.ts';
import { issuesOf, RuleBench } from '../../testing/rule-bench.ts';

const name = { salutation: null, first: 'Ada', middle: null, last: 'Neri', suffix: null };

const office = async () => {
  const bench = new RuleBench();
  const ada = await bench.add('users', { name, email: 'ada@example.com' });
  const bob = await bench.add('users', { name, email: 'bob@example.com' });
  const as = (id: string) => (bench.identity = { type: 'user', id, admin: false });
  as(ada.id);
  return { bench, ada, bob, as };
};

const user = ({ id }: { readonly id: string }) => ({ module: 'users', id });

describe('a task', () => {
  test('is for whoever makes it, unless others are named', async () => {
    const { bench, ada } = await office();
    assert.deepEqual((await bench.add('tasks', { subject: 'Call' }))['assignees'], [user(ada)]);
    bench.identity = { type: 'system' };
    assert.deepEqual(await issuesOf(bench.add('tasks', { subject: 'Call' })), ['/assignees required']);
  });

  test('done is all done; taken up again it is not', async () => {
    const { bench } = await office();
    const task = await bench.add('tasks', { subject: 'Call' });
    const done = await bench.set('tasks', task, { status: 'completed' });
    assert.deepEqual([done['progress'], done['completedAt']], ['100.00', bench.now]);
    const again = await bench.set('tasks', task, { status: 'in_progress' });
    assert.deepEqual([again['progress'], again['completedAt']], ['0.00', null]);
    await bench.set('tasks', task, { status: 'cancelled' });
    const work = bench.set('tasks', task, { status: 'in_progress' });
    assert.deepEqual(await issuesOf(work), ['/status lifecycle.forbidden']);
  });

  test('of several people is done by one, or by all, as it says', async () => {
    const { bench, ada, bob, as } = await office();
    const assignees = [user(ada), user(bob)];
    const any = await bench.add('tasks', { subject: 'Call', assignees });
    assert.deepEqual(await bench.act('tasks', any, 'complete'), { completed: true });
    const all = await bench.add('tasks', { subject: 'Read', assignees, completionMode: 'all' });
    assert.deepEqual(await bench.act('tasks', all, 'complete'), { completed: false });
    assert.equal(bench.get('tasks', all.id)['progress'], '50.00');
    as(bob.id);
    assert.deepEqual(await bench.act('tasks', all, 'complete'), { completed: true });
    assert.equal(bench.get('tasks', all.id)['status'], 'completed');
  });

  test('of a group is done when a member has done it', async () => {
    const { bench, ada, bob, as } = await office();
    bench.identity = { type: 'system' };
    const group = await bench.add('groups', { name: 'Desk', members: [user(ada)] });
    as(ada.id);
    const assignees = [{ module: 'groups', id: group.id }, user(bob)];
    const task = await bench.add('tasks', { subject: 'Read', assignees, completionMode: 'all' });
    await bench.act('tasks', task, 'complete');
    assert.equal(bench.get('tasks', task.id)['progress'], '50.00');
  });

  test('is not due before it starts', async () => {
    const { bench } = await office();
    const work = bench.add('tasks', { subject: 'Call', startDate: '2026-06-16', dueDate: '2026-06-15' });
    assert.deepEqual(await issuesOf(work), ['/dueDate before-start']);
    await bench.add('tasks', { subject: 'Call', startDate: '2026-06-15', dueDate: '2026-06-15' });
  });

  test('is overdue on the clock of whoever is to do it', () => {
    const task = { status: 'not_started', dueDate: '2026-06-15', dueTime: null };
    const at = (now: string, timeZone = 'Europe/Rome') => ({ now, timeZone });
    assert.equal(isOverdue(task, at('2026-06-15T21:59:00.000Z')), false);
    assert.equal(isOverdue(task, at('2026-06-15T22:00:00.000Z')), true);
    assert.equal(isOverdue(task, at('2026-06-15T22:00:00.000Z', 'America/New_York')), false);
    const timed = { ...task, dueTime: '12:00:00' };
    assert.equal(isOverdue(timed, at('2026-06-15T09:59:00.000Z')), false);
    assert.equal(isOverdue(timed, at('2026-06-15T10:01:00.000Z')), true);
    assert.equal(isOverdue({ ...timed, status: 'completed' }, at('2027-01-01T00:00:00.000Z')), false);
    assert.equal(isOverdue({ ...task, dueDate: null }, at('2027-01-01T00:00:00.000Z')), false);
  });
});

describe('an event', () => {
  const meeting = {
    subject: 'Demo',
    type: 'meeting',
    start: '2026-06-15T08:00:00.000Z',
    end: '2026-06-15T09:00:00.000Z',
  };

  test('is organized by whoever makes it, and ends after it starts', async () => {
    const { bench, ada } = await office();
    assert.equal((await bench.add('events', meeting))['organizer'], ada.id);
    const work = bench.add('events', { ...meeting, end: meeting.start });
    assert.deepEqual(await issuesOf(work), ['/end before-start']);
  });

  test('is held when its time has come, with an outcome only then', async () => {
    const { bench } = await office();
    const later = { ...meeting, start: '2026-06-16T08:00:00.000Z', end: '2026-06-16T09:00:00.000Z' };
    const event = await bench.add('events', later);
    assert.deepEqual(await issuesOf(bench.set('events', event, { status: 'held' })), ['/status too-early']);
    const early = bench.set('events', event, { outcomeNotes: 'Good' });
    assert.deepEqual(await issuesOf(early), ['/outcomeNotes too-early']);
    bench.now = '2026-06-16T10:00:00.000Z';
    const held = await bench.set('events', event, { status: 'held', outcomeNotes: 'Good' });
    assert.equal(held['settledAt'], bench.now);
  });

  test('held by mistake is planned again on the same day only', async () => {
    const { bench } = await office();
    const event = await bench.add('events', meeting);
    await bench.set('events', event, { status: 'held' });
    assert.equal((await bench.set('events', event, { status: 'planned' }))['settledAt'], null);
    await bench.set('events', event, { status: 'held' });
    bench.now = '2026-06-16T10:00:00.000Z';
    const work = bench.set('events', event, { status: 'planned' });
    assert.deepEqual(await issuesOf(work), ['/status same-day-only']);
  });

  test('collides with another at the same time, when both keep people busy', () => {
    const slot = (start: string, end: string, busy = 'busy') => ({ start, end, busy, status: 'planned' });
    assert.equal(collide(slot('2026-06-15T08', '2026-06-15T10'), slot('2026-06-15T09', '2026-06-15T11')), true);
    assert.equal(collide(slot('2026-06-15T08', '2026-06-15T09'), slot('2026-06-15T09', '2026-06-15T11')), false);
    assert.equal(
      collide(slot('2026-06-15T08', '2026-06-15T10'), slot('2026-06-15T09', '2026-06-15T11', 'free')),
      false,
    );
  });
});

describe('a note', () => {
  test('goes with its record, whatever that is, and comes back with it', async () => {
    const { bench } = await office();
    const account = await bench.add('accounts', { name: 'Neri' });
    const note = await bench.add('notes', { record: { module: 'accounts', id: account.id }, body: 'Nice' });
    const other = await bench.add('accounts', { name: 'Verdi' });
    await bench.add('notes', { record: { module: 'accounts', id: other.id }, body: 'Other' });
    await bench.remove('accounts', account);
    assert.equal((await bench.find('notes')).length, 1);
    await bench.restore('accounts', account);
    assert.equal(bench.get('notes', note.id)['body'], 'Nice');
  });

  test('is about a record that is there', async () => {
    const { bench } = await office();
    const note = bench.add('notes', { record: { module: 'accounts', id: bench.newId() }, body: 'Lost' });
    assert.deepEqual(await issuesOf(note), ['/record missing-link']);
  });
});

describe('the last activity of a record', () => {
  const lastOf = async () => {
    const { bench } = await office();
    const account = await bench.add('accounts', { name: 'Neri' });
    const contact = await bench.add('contacts', { name: { last: 'Rossi' } });
    const last = () =>
      [account, contact].map(({ id }, index) => bench.get(['accounts', 'contacts'][index]!, id)['lastActivityAt']);
    return { bench, account, contact, last };
  };

  test('is when a task about it was done, and not before', async () => {
    const { bench, account, contact, last } = await lastOf();
    const task = await bench.add('tasks', { subject: 'Call', account: account.id, contact: contact.id });
    assert.deepEqual(last(), [null, null]);
    await bench.set('tasks', task, { status: 'completed' });
    assert.deepEqual(last(), [bench.now, bench.now]);
  });

  test('is when an event about it was held: at its end, or now when it goes on still', async () => {
    const { bench, account, contact, last } = await lastOf();
    const past = {
      subject: 'Visit',
      type: 'meeting',
      start: '2026-06-10T08:00:00.000Z',
      end: '2026-06-10T09:00:00.000Z',
    };
    const event = await bench.add('events', {
      ...past,
      account: account.id,
      related: [{ module: 'contacts', id: contact.id }],
    });
    assert.deepEqual(last(), [null, null]);
    await bench.set('events', event, { status: 'held' });
    assert.deepEqual(last(), [past.end, past.end]);
  });

  test('is when somebody wrote about it, moves with newer ones only, and not with what the system writes', async () => {
    const { bench, account, last } = await lastOf();
    const record = { module: 'accounts', id: account.id };
    await bench.add('notes', { record, body: 'Imported', kind: 'auto' });
    assert.equal(last()[0], null);
    const first = bench.now;
    await bench.add('notes', { record, body: 'Nice' });
    const older = {
      subject: 'Visit',
      type: 'meeting',
      start: '2026-06-10T08:00:00.000Z',
      end: '2026-06-10T09:00:00.000Z',
      status: 'held',
    };
    await bench.add('events', { ...older, account: account.id });
    assert.equal(last()[0], first);
  });
});
