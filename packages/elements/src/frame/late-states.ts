import type * as States from './states.ts';

let states: typeof States | null | undefined;
let coming: Promise<void> | undefined;

/** The templates of what is amiss; undefined until they were fetched, null where they cannot be had. */
export const lateStates = (): typeof States | null | undefined => states;

/** Fetches them: when something is amiss, or behind the first element that shows well. */
export const fetchStates = (): Promise<void> =>
  (coming ??= import('./states.ts').then(
    (code) => void (states = code),
    () => {
      states = null;
      coming = undefined;
    },
  ));
