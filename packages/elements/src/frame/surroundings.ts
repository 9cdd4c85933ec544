const listeners = new Set<() => void>();
let observer: MutationObserver | undefined;

/**
 * Calls back now, as the language may have changed while this code was fetched, and when a `lang` or `dir` around an
 * element changes, also in the shadow roots that it is in. One observer serves all elements.
 */
export const follow = (element: Element, signal: AbortSignal, listener: () => void): void => {
  if (signal.aborted) return;
  listeners.add(listener);
  observer ??= new MutationObserver(() => listeners.forEach((one) => one()));
  for (const root of rootsOf(element)) observer.observe(root, { subtree: true, attributeFilter: ['lang', 'dir'] });
  signal.addEventListener('abort', () => leave(listener));
  listener();
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
