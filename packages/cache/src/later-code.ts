/** Without network this code could not be fetched any more, and that is when it is needed. */
export const fetchLaterCode = (): Promise<unknown> =>
  Promise.allSettled([
    import('./prediction.ts'),
    import('./pushing.ts'),
    import('./delete-cache.ts'),
    import('./outgoing-records.ts'),
    import('./local-aggregates.ts'),
    import('./views/list-view.ts'),
  ]);
