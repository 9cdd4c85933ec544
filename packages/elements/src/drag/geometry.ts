/** A place on the screen in client coordinates, px. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle on the screen, as `getBoundingClientRect` gives it. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Where an element is. The numbers alone: those of a `DOMRect` are worked out at every look. */
export const boxOf = (element: Element): Box => {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return { left, right, top, bottom };
};

const outside = (value: number, start: number, end: number): number => Math.max(start - value, value - end, 0);

/** How far a point lies outside of a box; 0 inside. */
export const distanceTo = ({ left, right, top, bottom }: Box, { x, y }: Point): number =>
  Math.hypot(outside(x, left, right), outside(y, top, bottom));

/**
 * Which of some boxes a thing dropped at a point belongs to: the one under the point, or the nearest within reach, so
 * that the gaps between columns are no holes. −1 where none is near.
 */
export const boxAt = (boxes: readonly Box[], point: Point, reach: number): number => {
  let nearest = -1;
  let least = reach;
  for (let index = 0; index < boxes.length; index++) {
    const distance = distanceTo(boxes[index]!, point);
    if (distance === 0) return index;
    if (distance < least) {
      nearest = index;
      least = distance;
    }
  }
  return nearest;
};

/**
 * How fast a box scrolls while something is held at its edge: slowly where the edge zone begins, fastest at the edge.
 *
 * @param zone - Width of the edge zone, px; never more than a quarter of the box.
 * @returns −1 to 1; 0 away from the edges and outside of the box beyond one zone.
 */
export const edgeSpeed = (position: number, start: number, end: number, zone: number): number => {
  const width = Math.min(zone, (end - start) / 4);
  if (width <= 0 || outside(position, start, end) > zone) return 0;
  const before = 1 - (position - start) / width;
  const after = 1 - (end - position) / width;
  return Math.min(1, Math.max(0, after)) - Math.min(1, Math.max(0, before));
};
