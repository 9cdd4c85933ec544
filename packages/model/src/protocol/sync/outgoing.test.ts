import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import type { Change } from '../../change.ts';
import type { Outcome } from './messages.ts';
import { SyncOutgoing, type Waiting } from './outgoing.ts';

const outgoing = new SyncOutgoing();

const create = (id: string, values: Readonly<Record<string, unknown>> = {}): Change => ({
  op: 'create',
  module: 'notes',
  id,
  values,
});

const update = (id: string): Change => ({ op: 'update', module: 'notes', id, values: { title: 'new' } });

const queue: readonly Waiting[] = [
  { mid: 4, changes: [create('a')] },
  { mid: 5, changes: [create('b', { lines: [{ id: 'l', note: 'a' }] })] },
  { mid: 6, changes: [update('b')] },
  { mid: 7, changes: [update('c')] },
];

const count = { heard: 3, given: 7 };

const problem = { type: '', title: 'rule', status: 422, code: 'rule' };

const done = (mid: number): Outcome => ({
  ok: true,
  mid,
  touched: [{ module: 'notes', id: 'a', version: 2, record: null }],
});

describe('what goes out', () => {
  test('R10: the oldest first, without those that are confirmed', () => {
    const [first, ...rest] = queue;
    const confirmed = [{ ...first!, touched: [] }, ...rest];
    assert.deepEqual(
      outgoing.toPush(confirmed).map(({ mid }) => mid),
      [5, 6, 7],
    );
  });

  test('R10: an answer that comes twice counts once', () => {
    const confirmed: readonly Waiting[] = [{ mid: 4, changes: [], touched: [] }];
    assert.equal(
      outgoing.answered(confirmed, { outcomes: [done(4)], last: 4 }, { heard: 3, given: 4 }).carriedOut.size,
      0,
    );
  });

  test('R11: a mutation is through when all that it changed is here, or gone', () => {
    const one: Waiting = { mid: 4, changes: [], touched: [['notes|a', 2]] };
    const isHere = (version: number, isGone = false): boolean =>
      outgoing.isHere(one, () => ({ version, asOf: 0, aclSeq: 0, isGone }));
    assert.deepEqual([isHere(1), isHere(2), isHere(0, true)], [false, true, true]);
    assert.equal(
      outgoing.isHere(one, () => undefined),
      false,
    );
    assert.equal(
      outgoing.isHere({ mid: 5, changes: [] }, () => undefined),
      false,
    );
  });

  test('R12: what needs a record that was refused is refused with it, however deep the need lies', () => {
    const outcomes: readonly Outcome[] = [{ ok: false, mid: 4, error: problem }];
    const { refused, dependent } = outgoing.answered(queue, { outcomes, last: 4 }, count);
    assert.deepEqual(
      [[...refused.keys()], [...dependent]],
      [
        [4],
        [
          [5, 4],
          [6, 4],
        ],
      ],
    );
  });

  test('R12: what was refused because of an earlier refusal says so', () => {
    const outcomes: readonly Outcome[] = [4, 5].map((mid) => ({ ok: false, mid, error: problem }));
    assert.equal(outgoing.answered(queue, { outcomes, last: 5 }, count).dependent.get(5), 4);
  });

  test('R12: what was carried out is nobody’s victim', () => {
    const outcomes: readonly Outcome[] = [{ ok: false, mid: 4, error: problem }];
    const mixed = queue.map((one) => (one.mid === 5 ? { ...one, touched: [] } : one));
    assert.deepEqual([...outgoing.answered(mixed, { outcomes, last: 6 }, count).dependent], []);
  });

  test('R13: a server that knows less than it confirmed, or more than was sent, counts another client', () => {
    const lost = (last: number): boolean => outgoing.answered(queue, { outcomes: [], last }, count).isCountLost;
    assert.deepEqual([2, 3, 7, 8].map(lost), [true, false, false, true]);
  });
});
