const listeners = new Set<() => void>();
let observer: MutationObserver | undefined;

/** Calls back when a `lang` or `dir` of the page changes. One observer serves all elements. @returns How to stop. */
export const onLanguageChange = (listener: () => void): (() => void) => {
  listeners.add(listener);
  if (!observer) {
    observer = new MutationObserver(() => listeners.forEach((one) => one()));
    observer.observe(document, { subtree: true, attributeFilter: ['lang', 'dir'] });
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    observer?.disconnect();
    observer = undefined;
  };
};
