import { edgeSpeed, type Box, type Point } from './geometry.ts';

/** Width of the zone along an edge in which holding something scrolls, px. */
const zone = 56;

/** Farthest in one frame, px. */
const most = 16;

export type Axis = 'x' | 'y';

/**
 * Scrolls an element one step while something is held at one of its edges.
 *
 * @param box - Where the element is on the screen.
 * @returns Whether it moved; then the next frame asks again, even when the pointer rests.
 */
export const scrollAtEdge = (element: Element, axis: Axis, box: Box, { x, y }: Point): boolean => {
  const speed = axis === 'x' ? edgeSpeed(x, box.left, box.right, zone) : edgeSpeed(y, box.top, box.bottom, zone);
  if (speed === 0) return false;
  const step = Math.sign(speed) * Math.ceil(Math.abs(speed) * most);
  const before = axis === 'x' ? element.scrollLeft : element.scrollTop;
  if (axis === 'x') element.scrollLeft += step;
  else element.scrollTop += step;
  return before !== (axis === 'x' ? element.scrollLeft : element.scrollTop);
};
