import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import fc from 'fast-check';
import { pointer } from '@tessera-crm/model/schema.js';
import { partsOf, valueAt, withValueAt } from './values-at.ts';

const key = fc
  .oneof(fc.string({ minLength: 1, maxLength: 5 }), fc.constantFrom('a/b', '~', '~1', 'x'))
  .filter((one) => one !== '__proto__');

describe('values at a path', () => {
  test('a pointer and its parts are the same thing', () => {
    fc.assert(
      fc.property(fc.array(key, { minLength: 1, maxLength: 4 }), (parts) =>
        assert.deepEqual(partsOf(pointer(parts)), parts),
      ),
    );
  });

  test('what is put somewhere is found there, and everything else stays as it was', () => {
    fc.assert(
      fc.property(fc.array(key, { minLength: 1, maxLength: 3 }), fc.jsonValue(), (parts, value) => {
        const before = { kept: [{ deep: 1 }] };
        const after = withValueAt(before, pointer(parts), value);
        assert.deepEqual(valueAt(after, pointer(parts)), value);
        if (parts[0] !== 'kept') assert.equal(after['kept'], before.kept);
        assert.deepEqual(before, { kept: [{ deep: 1 }] });
      }),
    );
  });

  test('rows of a list are changed one by one', () => {
    assert.deepEqual(withValueAt({ rows: [{ a: 1 }, { a: 2 }] }, '/rows/1/a', 3), { rows: [{ a: 1 }, { a: 3 }] });
  });

  test('nothing is found on the way through a prototype', () => {
    assert.equal(valueAt({}, '/constructor/name'), undefined);
  });
});
