import type { OutgoingState, Refused, WaitingChanges } from '@tessera-crm/model/outgoing.js';

/** What is looked at. */
export interface Seen {
  /** Null where changes go to the server at once. */
  readonly state: OutgoingState | null;
  readonly waiting: readonly WaitingChanges[];
  readonly refused: readonly Refused[];
  /** Whether a token is missing, so that the server cannot be asked. */
  readonly isLocked: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** How things stand, for a line at the edge of a page. */
export interface Situation {
  /** `direct`: nothing ever waits. `locked`: somebody has to sign in first. */
  readonly main: 'saved' | 'direct' | 'saving' | 'slow' | 'offline' | 'locked';
  /** Changes that wait. */
  readonly count: number;
  /** When the oldest of them was made; RFC 3339. */
  readonly since: string | undefined;
  /** Whether the oldest has waited so long that a browser may throw it away with the rest of what it keeps. */
  readonly isOld: boolean;
  readonly refused: number;
  /**
   * Why nothing is kept on the device: by the page's wish, because it is full, or because it cannot be used. `makeshift`:
   * what is unsent is kept all the same, but not safely.
   */
  readonly storage: 'memory' | 'full' | 'unavailable' | 'makeshift' | undefined;
  /** Whether there is nothing that anybody has to know. */
  readonly isIdle: boolean;
}

/** After this many milliseconds a person may want to know what takes so long. */
export const patience = 5_000;

/** Some browsers delete what a site keeps when nobody came for seven days. */
const tooLong = 3 * 86_400_000;

export const situationOf = ({ state, waiting, refused, isLocked, now }: Seen): Situation => {
  const since = waiting[0]?.at;
  const age = since === undefined ? 0 : now - Date.parse(since);
  const storage = storageOf(state);
  const main = mainOf({ state, isLocked, count: waiting.length, age });
  const isCalm = main === 'saved' || main === 'direct' || main === 'saving';
  const isSafe = storage === undefined || ((storage === 'memory' || storage === 'makeshift') && waiting.length === 0);
  return {
    main,
    count: waiting.length,
    since,
    isOld: age > tooLong,
    refused: refused.length,
    storage,
    isIdle: isCalm && main !== 'saving' && isSafe && refused.length === 0,
  };
};

const mainOf = ({
  state,
  isLocked,
  count,
  age,
}: Pick<Seen, 'state' | 'isLocked'> & { readonly count: number; readonly age: number }): Situation['main'] => {
  if (isLocked) return 'locked';
  if (!state) return 'direct';
  if (!state.online) return 'offline';
  if (count === 0) return 'saved';
  return age < patience ? 'saving' : 'slow';
};

const storageOf = (state: OutgoingState | null): Situation['storage'] => {
  if (state?.storage === 'localstorage') return 'makeshift';
  if (state?.storage !== 'memory') return undefined;
  if (!state.trouble) return 'memory';
  return state.trouble.code === 'quota-exceeded' ? 'full' : 'unavailable';
};
