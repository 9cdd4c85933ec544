import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import { logicalKey, placeAfter } from './keys.ts';

const counts = [3, 0, 10, 1];
const at = (column: number, row: number) => ({ column, row });

describe('moving between cards by keys', () => {
  const cases: readonly (readonly [string, ReturnType<typeof at>, ReturnType<typeof at> | undefined])[] = [
    ['ArrowDown', at(0, 1), at(0, 2)],
    ['ArrowDown', at(0, 2), at(0, 2)],
    ['ArrowUp', at(0, 0), at(0, 0)],
    ['ArrowRight', at(0, 2), at(2, 2)],
    ['ArrowRight', at(2, 8), at(3, 0)],
    ['ArrowRight', at(3, 0), at(3, 0)],
    ['ArrowLeft', at(2, 9), at(0, 2)],
    ['ArrowLeft', at(0, 1), at(0, 1)],
    ['Home', at(2, 7), at(2, 0)],
    ['End', at(2, 1), at(2, 9)],
    ['PageDown', at(2, 1), at(2, 5)],
    ['PageDown', at(2, 8), at(2, 9)],
    ['PageUp', at(2, 1), at(2, 0)],
    ['x', at(2, 1), undefined],
  ];
  for (const [key, from, to] of cases) {
    test(`${key} from column ${from.column}, row ${from.row}`, () => {
      assert.deepEqual(placeAfter(key, from, counts, 4), to);
    });
  }

  test('follows the direction of the text', () => {
    assert.equal(logicalKey('ArrowLeft', 'rtl'), 'ArrowRight');
    assert.equal(logicalKey('ArrowRight', 'rtl'), 'ArrowLeft');
    assert.equal(logicalKey('ArrowLeft', 'ltr'), 'ArrowLeft');
    assert.equal(logicalKey('ArrowUp', 'rtl'), 'ArrowUp');
  });
});
