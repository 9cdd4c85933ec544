import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import fc from 'fast-check';
import { Slots } from './slots.ts';
import { anchoredOffset, offsetShowing, visibleRange } from './window.ts';

const scroll = fc.record({
  count: fc.integer({ min: 0, max: 20_000 }),
  pitch: fc.integer({ min: 20, max: 160 }),
  offset: fc.integer({ min: -500, max: 2_000_000 }),
  extent: fc.integer({ min: 0, max: 2000 }),
});

const range = ({ first, end }: { first: number; end: number }): number[] =>
  Array.from({ length: end - first }, (_, index) => first + index);

describe('the visible range', () => {
  test('holds every row that shows a pixel, whatever the offset', () => {
    fc.assert(
      fc.property(scroll, (at) => {
        const { first, end } = visibleRange(at);
        const top = Math.min(Math.max(at.offset, 0), Math.max(0, at.count * at.pitch - at.extent));
        for (let row = 0; row < at.count; row++) {
          const isSeen = (row + 1) * at.pitch > top && row * at.pitch < top + at.extent;
          if (isSeen) assert.ok(row >= first && row < end, `row ${row} of ${first} to ${end}`);
          else if (row * at.pitch >= top + at.extent) break;
        }
      }),
    );
  });

  test('stays within the list and within what a box can show', () => {
    fc.assert(
      fc.property(scroll, fc.integer({ min: 0, max: 10 }), (at, spare) => {
        const { first, end } = visibleRange(at, spare);
        assert.ok(first >= 0 && end <= at.count && first <= end);
        assert.ok(end - first <= Math.ceil(at.extent / at.pitch) + 1 + 2 * spare);
      }),
    );
  });

  test('renders every row exactly once while a person scrolls through the whole list', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 40, max: 900 }), (count, extent) => {
        const pitch = 100;
        const seen = new Set<number>();
        for (let offset = 0; offset <= Math.max(0, count * pitch - extent) + extent; offset += extent) {
          const rows = range(visibleRange({ count, pitch, offset, extent }));
          assert.equal(new Set(rows).size, rows.length);
          for (const row of rows) seen.add(row);
        }
        assert.equal(seen.size, count);
      }),
    );
  });
});

describe('the offset that shows a row', () => {
  test('brings the row into the box, and is left alone when it is there', () => {
    fc.assert(
      fc.property(scroll, fc.nat(), (at, any) => {
        fc.pre(at.count > 0 && at.extent >= at.pitch && at.offset >= 0);
        const row = any % at.count;
        const offset = offsetShowing(row, at);
        assert.ok(row * at.pitch >= offset && (row + 1) * at.pitch <= offset + at.extent);
        assert.equal(offsetShowing(row, { ...at, offset }), offset);
      }),
    );
  });
});

describe('the anchored offset', () => {
  const ids = fc.uniqueArray(fc.integer({ min: 0, max: 300 }).map(String), { minLength: 1, maxLength: 60 });
  const rows = (some: readonly string[]): readonly { id: string }[] => some.map((id) => ({ id }));

  test('keeps the first visible row that survives where it was', () => {
    fc.assert(
      fc.property(ids, ids, fc.integer({ min: 1, max: 5000 }), (before, after, offset) => {
        const at = { pitch: 100, offset, extent: 400 };
        const moved = anchoredOffset(rows(before), rows(after), at);
        const shown = before.slice(Math.floor(offset / 100), Math.ceil((offset + 400) / 100));
        const anchor = shown.find((id) => after.includes(id));
        if (anchor === undefined) assert.equal(moved, offset);
        else {
          const wanted = after.indexOf(anchor) * 100 - (before.indexOf(anchor) * 100 - offset);
          assert.equal(moved, Math.max(0, wanted));
        }
      }),
    );
  });

  test('stays at the top, where new rows are meant to be seen', () => {
    assert.equal(anchoredOffset(rows(['a', 'b']), rows(['new', 'a', 'b']), { pitch: 100, offset: 0, extent: 400 }), 0);
  });
});

describe('slots', () => {
  const windows = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 40 }).map(String), { maxLength: 12 }), {
    maxLength: 30,
  });

  test('are never shared, are kept by those who stay, and never outnumber the largest window', () => {
    fc.assert(
      fc.property(windows, (steps) => {
        const slots = new Slots();
        let held = new Map<string, number>();
        for (const keys of steps) {
          const given = slots.assign(keys);
          assert.equal(new Set(given).size, keys.length);
          for (const [index, key] of keys.entries()) {
            if (held.has(key)) assert.equal(given[index], held.get(key));
          }
          held = new Map(keys.map((key, index) => [key, given[index]!]));
        }
        assert.equal(slots.size, Math.max(0, ...steps.map(({ length }) => length)));
      }),
    );
  });
});
