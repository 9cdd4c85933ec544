import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import fc from 'fast-check';
import { byCloseDate, rowOf, type Deal } from './board.ts';
import { isConfirmed, isGone, MovedLists, withMoves, type Move } from './moves.ts';

const keys = ['a', 'b', 'c', 'd'];

const deal = (id: string, day: number, version = 1): Deal =>
  ({ id, version, expectedCloseDate: `2026-01-${String(day).padStart(2, '0')}` }) as unknown as Deal;

/** Deals spread over columns, each column in order, and where some of them are being moved to. */
const boards = fc
  .array(
    fc.record({
      column: fc.constantFrom(...keys),
      day: fc.integer({ min: 1, max: 28 }),
      to: fc.option(fc.constantFrom(...keys)),
    }),
    { maxLength: 60 },
  )
  .map((rows) => {
    const all = rows.map((row, index) => ({ ...row, deal: deal(`d${index}`, row.day) }));
    const lists = new Map(
      keys.map((key) => [
        key,
        all
          .filter(({ column }) => column === key)
          .map((one) => one.deal)
          .sort(byCloseDate),
      ]),
    );
    const moves = new Map<string, Move>(
      all.flatMap((one) =>
        one.to ? [[one.deal.id, { deal: one.deal, from: one.column, to: one.to, phase: 'saving' }]] : [],
      ),
    );
    return { lists, moves, all };
  });

describe('lists with moves', () => {
  test('show every deal exactly once, where it was moved to', () => {
    fc.assert(
      fc.property(boards, ({ lists, moves, all }) => {
        const shown = withMoves(lists, moves);
        for (const {
          deal: { id },
          column,
          to,
        } of all) {
          const where = keys.filter((key) => shown.get(key)!.some((one) => one.id === id));
          assert.deepEqual(where, [to ?? column]);
        }
        assert.equal([...shown.values()].flat().length, all.length);
      }),
    );
  });

  test('keep the order of the board, and untouched lists as they are', () => {
    fc.assert(
      fc.property(boards, ({ lists, moves }) => {
        const shown = withMoves(lists, moves);
        for (const [key, deals] of shown) {
          assert.deepEqual(deals, deals.toSorted(byCloseDate));
          const isTouched = [...moves.values()].some(({ from, to }) => from === key || to === key);
          if (!isTouched) assert.equal(deals, lists.get(key));
        }
      }),
    );
  });
});

describe('moved lists', () => {
  test('are those with all moves, and the same ones until a list or a move changes', () => {
    fc.assert(
      fc.property(boards, fc.array(fc.constantFrom('list', 'move', 'none')), ({ lists, moves }, steps) => {
        const moved = new MovedLists();
        let before = moved.of(lists, moves);
        for (const step of steps) {
          const [id, move] = [...moves][0] ?? [];
          if (step === 'list') lists.set('a', [...lists.get('a')!]);
          if (step === 'move' && id !== undefined) moves.set(id, { ...move!, phase: 'saved' });
          const after = moved.of(new Map(lists), moves);
          assert.deepEqual(after, withMoves(lists, moves));
          if (step === 'none') assert.equal(after, before);
          before = after;
        }
      }),
    );
  });
});

describe('the row of a deal', () => {
  test('is after all that close before it and before all that close after it', () => {
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 28 }));
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 28 }), (some, day) => {
        const deals = some.map((one) => deal(`d${one}`, one)).sort(byCloseDate);
        const row = rowOf(deals, deal('new', day));
        assert.ok(deals.slice(0, row).every((one) => byCloseDate(one, deal('new', day)) < 0));
        assert.ok(deals.slice(row).every((one) => byCloseDate(one, deal('new', day)) >= 0));
      }),
    );
  });
});

describe('a saved move', () => {
  const saved: Move = { deal: deal('x', 10, 5), from: 'a', to: 'b', phase: 'saved' };

  test('is confirmed by its version or a later one, in whatever column', () => {
    assert.equal(isConfirmed(saved, new Map([['b', [deal('x', 10, 5)]]])), true);
    assert.equal(isConfirmed(saved, new Map([['c', [deal('x', 10, 6)]]])), true);
  });

  test('is not confirmed by a list that was read before it', () => {
    assert.equal(
      isConfirmed(
        saved,
        new Map([
          ['a', [deal('x', 10, 4)]],
          ['b', []],
        ]),
      ),
      false,
    );
  });

  test('is not confirmed while it is on its way', () => {
    assert.equal(isConfirmed({ ...saved, phase: 'saving' }, new Map([['b', [deal('x', 10, 5)]]])), false);
  });

  test('is gone when the column it went to is known and does not hold it', () => {
    const lists = new Map([
      ['a', []],
      ['b', [deal('y', 20)]],
    ]);
    assert.equal(
      isGone(saved, lists, () => true),
      true,
    );
    assert.equal(
      isGone(saved, lists, () => false),
      true,
    );
  });

  test('is gone when the column it went to is folded and not read', () => {
    assert.equal(
      isGone(saved, new Map([['a', []]]), () => false),
      true,
    );
  });

  test('is not gone when it lies beyond what was read', () => {
    assert.equal(
      isGone(saved, new Map([['b', [deal('y', 2)]]]), () => false),
      false,
    );
  });

  test('is not gone while an older list still has it', () => {
    assert.equal(
      isGone(
        saved,
        new Map([
          ['a', [deal('x', 10, 4)]],
          ['b', []],
        ]),
        () => true,
      ),
      false,
    );
  });
});
