/**
 * Calls back at the moment that an element's `loading` names: at once unless given, when it comes near the visible part
 * of the page (`visible`), when the page has nothing else to do (`idle`), or when a person turns to it (`interaction`).
 */
export const whenWanted = (root: ShadowRoot, signal: AbortSignal, fetch: () => void): void => {
  const loading = root.host.getAttribute('loading');
  if (!loading || loading === 'eager') return fetch();
  // Without the code that waits, nothing is waited for
  import('./late-wish.ts').then(({ wish }) => wish(loading, root, signal, fetch), fetch);
};
