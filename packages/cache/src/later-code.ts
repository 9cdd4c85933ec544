/** Milliseconds in which the first page shows. */
const lull = 300;

/** Does what the first page does not have to wait for, unless everything is over by then. */
export const afterFirstLook = (signal: AbortSignal, work: () => void): void => {
  if (signal.aborted) return;
  const timer = setTimeout(() => {
    void fetchLaterCode();
    work();
  }, lull);
  // Node would wait for it
  (timer as { unref?(): void }).unref?.();
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
};

/** Without network this code could not be fetched any more, and that is when it is needed. */
const fetchLaterCode = (): Promise<unknown> =>
  Promise.allSettled([
    import('./prediction.ts'),
    import('./pushing.ts'),
    import('./emergency-storage.ts'),
    import('./delete-cache.ts'),
    import('./outgoing-records.ts'),
    import('./local-aggregates.ts'),
    import('./views/list-view.ts'),
  ]);
