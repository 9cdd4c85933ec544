import type { DressedElement } from './instance.ts';

const unchecked = new Set<DressedElement>();

/**
 * A page may have taken an element's box from it, as `* { all: unset }` does: it gets it back. All that came at once are
 * looked at together, so that styles are worked out once.
 */
export const checkBox = (element: DressedElement): void => {
  unchecked.add(element);
  if (unchecked.size > 1) return;
  requestAnimationFrame(() => {
    const wiped = [...unchecked].filter((one) => getComputedStyle(one.outer).display === 'inline');
    unchecked.clear();
    if (wiped.length > 0)
      void import('../styles/dress.ts').then(
        ({ dress }) => wiped.forEach((one) => dress(one, true)),
        () => {},
      );
  });
};
