import { CrmError } from '@tessera-crm/model/errors.js';
import type { FeedNews, SyncDoor } from '@tessera-crm/model/sync-door.js';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { CatchingUp } from './catching-up.ts';
import { Truth } from './truth.ts';

/** A tab that stands at 10, a stream that told up to 20, and answers as given. */
const tab = (answers: readonly (FeedNews | CrmError)[]) => {
  const truth = new Truth({ changed: () => {}, stepped: () => {}, rightsChanged: () => {} });
  truth.opened(10);
  const asked: number[] = [];
  const state = { resets: 0 };
  const door = {
    news: async (cursor: number) => {
      const answer = answers[asked.push(cursor) - 1]!;
      if (answer instanceof CrmError) throw answer;
      return answer;
    },
  } as unknown as SyncDoor;
  const catchingUp = new CatchingUp({
    door,
    truth,
    reach: (answer) => answer,
    target: () => 20,
    hear: (batch) => truth.hear(batch),
    reset: async () => {
      state.resets++;
      truth.reset();
    },
  });
  return { truth, asked, state, catchingUp };
};

const news = (cursor: number): FeedNews => ({ events: [{ seq: cursor, changes: [] }], cursor, aclSeq: 0 }) as never;

/** Lets time pass, and what was begun come to an end. */
const pass = async (milliseconds: number): Promise<void> => {
  mock.timers.tick(milliseconds);
  for (let n = 0; n < 20; n++) await Promise.resolve();
};

describe('Who missed something', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  it('asks until it is where the stream is', async () => {
    const { truth, asked, catchingUp } = tab([news(14), news(22)]);
    catchingUp.look();
    catchingUp.look();
    await pass(10);
    assert.deepEqual(asked, [10, 14]);
    assert.equal(truth.standing.cursor, 22);
    catchingUp.look();
    await pass(60_000);
    assert.equal(asked.length, 2);
  });

  it('asks once where there is nothing under the numbers that it missed', async () => {
    const { truth, asked, catchingUp } = tab([{ events: [], cursor: 10, aclSeq: 3 }]);
    catchingUp.look();
    await pass(10);
    assert.deepEqual(asked, [10]);
    assert.equal(truth.standing.cursor, 20);
    assert.equal(truth.standing.aclSeq, 3);
  });

  it('goes on with what it heard meanwhile', async () => {
    const { truth, asked, catchingUp } = tab([news(15)]);
    truth.hear({ from: 15, to: 20, changes: [] });
    assert.equal(truth.standing.cursor, 10);
    catchingUp.look();
    await pass(10);
    assert.deepEqual(asked, [10]);
    assert.equal(truth.standing.cursor, 20);
  });

  it('waits after a failure, unless the network is back', async () => {
    const { truth, asked, catchingUp } = tab([
      new CrmError('network', 'Away.'),
      new CrmError('network', 'Away.'),
      news(20),
    ]);
    catchingUp.look();
    await pass(10);
    await pass(100);
    assert.equal(asked.length, 1);
    await pass(1_000);
    assert.equal(asked.length, 2);
    catchingUp.retry();
    await pass(10);
    assert.equal(truth.standing.cursor, 20);
  });

  it('R9: begins anew where it missed too much', async () => {
    const { truth, state, asked, catchingUp } = tab([{ events: [], cursor: 30, aclSeq: 0, reset: true }]);
    catchingUp.look();
    await pass(10);
    assert.equal(state.resets, 1);
    assert.equal(truth.standing.cursor, null);
    assert.equal(asked.length, 1);
  });

  it('asks nothing when it does not want to know any more', async () => {
    const { truth, asked, catchingUp } = tab([news(20)]);
    catchingUp.look();
    catchingUp.stop();
    await pass(60_000);
    assert.deepEqual(asked, []);
    assert.equal(truth.standing.cursor, 10);
  });
});
