/** The designed states of an element, seen from outside as `:state(ready)`. */
export const viewStates = ['loading', 'ready', 'empty', 'error', 'offline', 'forbidden'] as const;

/** `offline` is data from before that cannot be refreshed now, or none at all. */
export type ViewState = (typeof viewStates)[number];

/** Tells style sheets of the page, by `:state()`, and those who listen. */
const showState = (internals: ElementInternals, now: ViewState): void => {
  for (const state of viewStates) internals.states?.[state === now ? 'add' : 'delete'](state);
  internals.ariaBusy = String(now === 'loading');
};

/** Follows an element's state: shows it outside, and knows what there is to tell of it. */
export class ShownState {
  readonly #internals: ElementInternals;
  #shown: ViewState | undefined;
  #wasReady = false;

  constructor(internals: ElementInternals) {
    this.#internals = internals;
  }

  /** @returns The events that a new state brings. */
  become(now: ViewState): readonly ('offline' | 'online' | 'ready')[] {
    const before = this.#shown;
    if (now === before) return [];
    this.#shown = now;
    showState(this.#internals, now);
    const isFirst = !this.#wasReady && (now === 'ready' || now === 'empty');
    this.#wasReady ||= isFirst;
    const network = now === 'offline' ? 'offline' : before === 'offline' ? 'online' : undefined;
    return [...(network ? [network] : []), ...(isFirst ? ['ready'] : [])] as ReturnType<ShownState['become']>;
  }
}
