const listeners = new Set<() => void>();
let observer: MutationObserver | undefined;

/**
 * Calls back now, as the language may have changed while this code was fetched, and when a `lang` or `dir` of the page
 * changes. One observer serves all elements.
 */
export const followLanguage = (signal: AbortSignal, listener: () => void): void => {
  if (signal.aborted) return;
  listeners.add(listener);
  if (!observer) {
    observer = new MutationObserver(() => listeners.forEach((one) => one()));
    observer.observe(document, { subtree: true, attributeFilter: ['lang', 'dir'] });
  }
  signal.addEventListener('abort', () => leave(listener));
  listener();
};

const leave = (listener: () => void): void => {
  listeners.delete(listener);
  if (listeners.size > 0) return;
  observer?.disconnect();
  observer = undefined;
};
