import type { DressedElement } from './instance.ts';

const listeners = new Set<() => void>();
let observer: MutationObserver | undefined;
const unchecked = new Set<DressedElement>();

/**
 * Calls back now, as the language may have changed while this code was fetched, and when a `lang` or `dir` around an
 * element changes, also in the shadow roots that it is in. One observer serves all elements.
 *
 * A page may have taken the element's box from it, as `* { all: unset }` does: it gets it back.
 */
export const followSurroundings = (element: DressedElement, signal: AbortSignal, listener: () => void): void => {
  if (signal.aborted) return;
  listeners.add(listener);
  observer ??= new MutationObserver(() => listeners.forEach((one) => one()));
  for (const root of rootsOf(element)) observer.observe(root, { subtree: true, attributeFilter: ['lang', 'dir'] });
  signal.addEventListener('abort', () => leave(listener));
  listener();
  checkBox(element);
};

const leave = (listener: () => void): void => {
  listeners.delete(listener);
  if (listeners.size > 0) return;
  observer?.disconnect();
  observer = undefined;
};

/** The document, and the shadow roots on the way to it. */
const rootsOf = (element: Element): readonly Node[] => {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? [root, ...rootsOf(root.host)] : [root];
};

/** All that came at once are looked at together, so that styles are worked out once. */
const checkBox = (element: DressedElement): void => {
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
