/** Does something while nobody waits for anything. */
export const whenIdle = (work: () => void): void => {
  const idle = globalThis.requestIdleCallback ?? setTimeout;
  idle(work);
};
