/** Calls back once, when the element comes near the visible part of the page. */
export const whenVisible = (element: Element, signal: AbortSignal, callback: () => void): void => {
  if (signal.aborted) return;
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      callback();
    },
    { rootMargin: '200px' },
  );
  observer.observe(element);
  signal.addEventListener('abort', () => observer.disconnect());
};
