import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Leadership } from './leadership.ts';
import { until } from './testing/profile.ts';

/** A tab of a profile, and what it was told of its lead. */
const tab = (name: string, locks: LockManager | null = navigator.locks) => {
  const told: string[] = [];
  const leadership = new Leadership({
    name,
    gained: () => void told.push('gained'),
    lost: () => void told.push('lost'),
  });
  leadership.begin(locks);
  return { leadership, told };
};

describe('The lead of a profile', () => {
  it('is one tab’s, then the next one’s', async () => {
    const name = crypto.randomUUID();
    const [one, other] = [tab(name), tab(name)];
    await until(() => one.leadership.isLeader);
    assert.equal(other.leadership.isLeader, false);
    one.leadership.resign();
    assert.equal(one.leadership.isLeader, false);
    await until(() => other.leadership.isLeader);
    assert.deepEqual(one.told, ['gained']);
    other.leadership.resign();
  });

  it('can be taken away, and comes back', async () => {
    const name = crypto.randomUUID();
    const [one, other] = [tab(name), tab(name)];
    await until(() => one.leadership.isLeader);
    other.leadership.steal();
    await until(() => other.leadership.isLeader && !one.leadership.isLeader);
    assert.deepEqual(one.told, ['gained', 'lost']);
    other.leadership.resign();
    await until(() => one.leadership.isLeader);
    one.leadership.resign();
  });

  it('is one tab’s in the end when several take it', async () => {
    const name = crypto.randomUUID();
    const tabs = [tab(name), tab(name), tab(name), tab(name)];
    await until(() => tabs[0]!.leadership.isLeader);
    for (const { leadership } of tabs.slice(1)) leadership.steal();
    const leaders = () => tabs.filter(({ leadership }) => leadership.isLeader).length;
    await until(() => tabs[0]!.told.includes('lost') && leaders() === 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(leaders(), 1);
    for (const { leadership } of tabs) leadership.resign();
  });

  it('is not wanted while a tab is away', async () => {
    const name = crypto.randomUUID();
    const [one, other] = [tab(name), tab(name)];
    await until(() => one.leadership.isLeader);
    other.leadership.resign();
    one.leadership.resign();
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(other.told, []);
    other.leadership.resume();
    await until(() => other.leadership.isLeader);
    other.leadership.resign();
  });

  it('is the next one’s when a tab works alone from now on', async () => {
    const name = crypto.randomUUID();
    const [one, other] = [tab(name), tab(name)];
    await until(() => one.leadership.isLeader);
    one.leadership.workAlone();
    await until(() => one.leadership.isAlone && other.leadership.isLeader);
    assert.deepEqual([one.told, other.told], [['gained', 'gained'], ['gained']]);
    for (const { leadership } of [one, other]) leadership.resign();
  });

  it('is not wanted either by one that is to work alone while it is away', async () => {
    const { leadership, told } = tab(crypto.randomUUID());
    await until(() => leadership.isLeader);
    leadership.resign();
    leadership.workAlone();
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(leadership.isLeader, false);
    leadership.resume();
    await until(() => leadership.isAlone);
    assert.deepEqual(told, ['gained', 'gained']);
    leadership.resign();
  });

  it('is everybody’s where there are no locks, or they are refused', async () => {
    const request = () => Promise.reject(new DOMException('denied', 'SecurityError'));
    for (const locks of [null, { request } as unknown as LockManager]) {
      const { leadership, told } = tab('any', locks);
      await until(() => leadership.isLeader);
      assert.equal(leadership.isAlone, true);
      leadership.resign();
      leadership.resume();
      await until(() => leadership.isLeader);
      assert.deepEqual(told, ['gained', 'gained']);
    }
  });
});
