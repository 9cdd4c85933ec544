import type { ChangeEvent } from '@tessera-crm/model/protocol/events.js';
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { EventStream, type News } from './event-stream.ts';

const times = { keepAlive: 60_000, life: 60_000, poll: 60_000 };

const eventOf = (seq: number): ChangeEvent => ({ seq, changes: [] });

const settled = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A stream over what was committed, two numbers at once, and after which numbers it asked. */
const streamOf = async (context: TestContext, committed: number) => {
  const asked: number[] = [];
  const state = { committed };
  let wake = (_seq: number): void => assert.fail('nobody listens');
  let answer: (() => void) | undefined;
  const read = async (cursor: number): Promise<News> => {
    asked.push(cursor);
    const seqs = [cursor + 1, cursor + 2].filter((seq) => seq <= state.committed);
    if (answer) await new Promise<void>((resolve) => (answer = resolve));
    return { events: seqs.map(eventOf), aclSeq: undefined };
  };
  const subscribe = (own: typeof wake) => {
    wake = own;
    return () => undefined;
  };
  const stream = new EventStream({ times, from: 0, aclSeq: 0, read, subscribe, closed: () => undefined });
  context.after(() => stream.end());
  const reader = stream.start().getReader();
  let text = '';
  void (async () => {
    for (let part = await reader.read(); !part.done; part = await reader.read())
      text += new TextDecoder().decode(part.value);
  })();
  const heard = async (): Promise<readonly number[]> => {
    await settled();
    return [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id)).slice(1);
  };
  const commit = (seq: number): void => {
    state.committed = seq;
    wake(seq);
  };
  return {
    asked,
    heard,
    commit,
    wake: (seq: number) => wake(seq),
    hold: () => (answer = () => undefined),
    letGo: () => {
      const go = answer!;
      answer = undefined;
      go();
    },
  };
};

describe('a stream of events', () => {
  test('begins by reading until there is nothing more', async (context) => {
    const { asked, heard } = await streamOf(context, 5);
    assert.deepEqual(await heard(), [1, 2, 3, 4, 5]);
    assert.deepEqual(asked, [0, 2, 4, 5]);
  });

  test('reads as far as it was woken for, and not once more', async (context) => {
    const { asked, heard, commit } = await streamOf(context, 0);
    await heard();
    commit(1);
    assert.deepEqual(await heard(), [1]);
    commit(6);
    assert.deepEqual(await heard(), [1, 2, 3, 4, 5, 6]);
    assert.deepEqual(asked, [0, 0, 1, 3, 5]);
  });

  test('reads again when what it was woken for was not to be read yet', async (context) => {
    const { heard, wake, commit } = await streamOf(context, 0);
    await heard();
    wake(3);
    assert.deepEqual(await heard(), []);
    commit(1);
    assert.deepEqual(await heard(), [1]);
    commit(4);
    assert.deepEqual(await heard(), [1, 2, 3, 4]);
  });

  test('looks once again when it was woken while it read', async (context) => {
    const { heard, commit, hold, letGo } = await streamOf(context, 0);
    await heard();
    hold();
    commit(1);
    await settled();
    commit(2);
    commit(4);
    letGo();
    assert.deepEqual(await heard(), [1, 2, 3, 4]);
  });
});
