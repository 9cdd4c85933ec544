/** The designed states of an element, seen from outside as `:state(ready)`. */
export const viewStates = ['loading', 'ready', 'empty', 'error', 'offline', 'forbidden'] as const;

/** `offline` is data from before that cannot be refreshed now, or none at all. */
export type ViewState = (typeof viewStates)[number];

/** Tells style sheets of the page, by `:state()`, and those who listen. */
export const showState = (internals: ElementInternals, now: ViewState): void => {
  for (const state of viewStates) internals.states?.[state === now ? 'add' : 'delete'](state);
  internals.ariaBusy = String(now === 'loading');
};
