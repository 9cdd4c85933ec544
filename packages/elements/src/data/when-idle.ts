/** Milliseconds after which it is done all the same: some pages are never idle. */
const longest = { timeout: 2_000 };

/** Does something while nobody waits for anything. */
export const whenIdle = (work: () => void): void => {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(work, longest);
  else setTimeout(work);
};
