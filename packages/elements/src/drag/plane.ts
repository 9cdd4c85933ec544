import type { Point } from './geometry.ts';

/**
 * How an element's own pixels lie on the screen: `origin` is where its middle is without any translation, `x` and `y`
 * how far on the screen one pixel of translation moves it. Zoom, scaling and rotation of whatever is around it are in
 * these six numbers.
 */
export interface Plane {
  readonly origin: Point;
  readonly x: Point;
  readonly y: Point;
}

/** The translation, in the element's own pixels, that brings its middle to a place on the screen. */
export const translationTo = ({ origin, x, y }: Plane, target: Point): Point => {
  const determinant = x.x * y.y - y.x * x.y;
  if (determinant === 0) return { x: 0, y: 0 };
  const right = target.x - origin.x;
  const down = target.y - origin.y;
  return { x: (right * y.y - down * y.x) / determinant, y: (down * x.x - right * x.y) / determinant };
};

/** Far enough for a small scale to show, in px. */
const step = 128;

/**
 * Finds out by trying, because no page tells: a fixed element inside a transformed or zoomed ancestor does not stand
 * where its coordinates say, and browsers disagree about where it does.
 *
 * @param translate - Moves the element; never by more than nothing to the right or down.
 */
export const measurePlane = (element: Element, translate: (x: number, y: number) => void): Plane => {
  const at = (x: number, y: number): Point => {
    translate(x, y);
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  };
  const origin = at(0, 0);
  const along = at(-step, 0);
  const down = at(0, -step);
  return {
    origin,
    x: { x: (origin.x - along.x) / step, y: (origin.y - along.y) / step },
    y: { x: (origin.x - down.x) / step, y: (origin.y - down.y) / step },
  };
};
