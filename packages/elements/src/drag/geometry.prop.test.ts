import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import fc from 'fast-check';
import { boxAt, distanceTo, edgeSpeed } from './geometry.ts';
import { translationTo } from './plane.ts';

const number = fc.double({ min: -2000, max: 2000, noNaN: true });
const point = fc.record({ x: number, y: number });

/** Columns beside each other, as on a board. */
const columns = fc
  .record({
    count: fc.integer({ min: 1, max: 9 }),
    width: fc.integer({ min: 40, max: 400 }),
    gap: fc.integer({ min: 0, max: 24 }),
    height: fc.integer({ min: 50, max: 900 }),
  })
  .map(({ count, width, gap, height }) =>
    Array.from({ length: count }, (_, index) => {
      const left = index * (width + gap);
      return { left, right: left + width, top: 0, bottom: height };
    }),
  );

describe('where a thing is dropped', () => {
  test('is the column under the pointer', () => {
    fc.assert(
      fc.property(columns, fc.nat(), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (boxes, any, part) => {
        const index = any % boxes.length;
        const { left, right, bottom } = boxes[index]!;
        assert.equal(boxAt(boxes, { x: left + (right - left) * part, y: bottom * part }, 30), index);
      }),
    );
  });

  test('is the nearest column in a gap, and nowhere far away', () => {
    fc.assert(
      fc.property(columns, point, (boxes, at) => {
        const index = boxAt(boxes, at, 30);
        const distances = boxes.map((box) => distanceTo(box, at));
        if (index < 0) assert.ok(Math.min(...distances) >= 30);
        else assert.equal(distances[index], Math.min(...distances));
      }),
    );
  });
});

describe('scrolling at an edge', () => {
  test('goes towards the edge that is near, faster the nearer, and rests in between', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 2000 }), number, (length, position) => {
        const speed = edgeSpeed(position, 0, length, 56);
        assert.ok(Math.abs(speed) <= 1);
        const width = Math.min(56, length / 4);
        if (position > width && position < length - width) assert.equal(speed, 0);
        if (position >= 0 && position < width) assert.ok(speed < 0);
        if (position <= length && position > length - width) assert.ok(speed > 0);
        if (position < -56 || position > length + 56) assert.equal(Math.abs(speed), 0);
      }),
    );
  });
});

describe('the translation to a place on the screen', () => {
  const scale = fc.double({ min: 0.2, max: 5, noNaN: true });
  const turn = fc.double({ min: -Math.PI, max: Math.PI, noNaN: true });

  test('undoes zoom, scaling and rotation of what is around', () => {
    fc.assert(
      fc.property(point, point, scale, scale, turn, (origin, target, wide, high, angle) => {
        const x = { x: Math.cos(angle) * wide, y: Math.sin(angle) * wide };
        const y = { x: -Math.sin(angle) * high, y: Math.cos(angle) * high };
        const to = translationTo({ origin, x, y }, target);
        assert.ok(Math.abs(origin.x + to.x * x.x + to.y * y.x - target.x) < 1e-6);
        assert.ok(Math.abs(origin.y + to.x * x.y + to.y * y.y - target.y) < 1e-6);
      }),
    );
  });

  test('is none where everything is shrunk to nothing', () => {
    const flat = { origin: { x: 0, y: 0 }, x: { x: 0, y: 0 }, y: { x: 0, y: 0 } };
    assert.deepEqual(translationTo(flat, { x: 5, y: 5 }), { x: 0, y: 0 });
  });
});
