export interface PageLifeOptions {
  /** Aborted when nobody listens any more. */
  readonly signal: AbortSignal;
  /** There is a network again. */
  readonly online: () => void;
  /** Somebody looks at the page again. */
  readonly visible: () => void;
  /** The page is put away, or frozen: what it holds open would keep it from being put away, or others from working. */
  readonly gone: () => void;
  /** It is back, with all that it had in memory. */
  readonly back: () => void;
}

/** Listens to what becomes of the page; nothing happens where there is none. */
export const listenToPage = ({ signal, online, visible, gone, back }: PageLifeOptions): void => {
  const { document } = globalThis;
  // one that is thrown away needs nothing
  const ifPersisted = (work: () => void) => (event: Event) => (event as PageTransitionEvent).persisted && work();
  globalThis.addEventListener?.('online', online, { signal });
  globalThis.addEventListener?.('pagehide', ifPersisted(gone), { signal });
  globalThis.addEventListener?.('pageshow', ifPersisted(back), { signal });
  document?.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && visible(), { signal });
  document?.addEventListener('freeze', gone, { signal });
  document?.addEventListener('resume', back, { signal });
};
