import type { Outgoing } from '@tessera-crm/model/outgoing.js';

/**
 * Has the browser ask before the page is left, as long as leaving it would lose what a person typed in: what is unsent
 * or refused, and lies nowhere but in memory. Otherwise nobody listens, because pages that do are not kept whole for
 * those who come back.
 *
 * @param closed - Ends it.
 */
export const guardUnsent = (outgoing: Outgoing, closed: AbortSignal): void => {
  if (closed.aborted || !globalThis.window) return;
  let guarding: AbortController | undefined;
  const look = (): void => {
    const isAtRisk = !closed.aborted && wouldBeLost(outgoing);
    if (isAtRisk === (guarding !== undefined)) return;
    guarding?.abort();
    guarding = isAtRisk ? new AbortController() : undefined;
    if (guarding) globalThis.addEventListener('beforeunload', ask, { signal: guarding.signal });
  };
  const stop = outgoing.subscribe(look);
  closed.addEventListener(
    'abort',
    () => {
      stop();
      look();
    },
    { once: true },
  );
  look();
};

const wouldBeLost = (outgoing: Outgoing): boolean =>
  outgoing.state.storage === 'memory' && outgoing.waiting().length + outgoing.refused().length > 0;

/** What it says is the browser's. */
const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
