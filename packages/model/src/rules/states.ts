import { fieldEntries } from '../field-entries.ts';
import type { FieldOptions } from '../kind.ts';
import { mayMove } from '../kinds/state.ts';
import type { Draft } from './save.ts';

/** What a field with a lifecycle says of it, see `kinds/state.ts`. */
interface Lifecycle {
  /** From each state, where to; `*` stands for every state that is not closed. */
  readonly arrows: Readonly<Record<string, readonly string[]>>;
  readonly closed?: readonly string[];
  /** Fields that must be filled in a state. */
  readonly needs?: Readonly<Record<string, readonly string[]>>;
  /** States that only a named action reaches. */
  readonly only?: Readonly<Record<string, string>>;
  /** States that a named action takes back. */
  readonly undoneBy?: Readonly<Record<string, string>>;
}

const isLifecycle = (options: FieldOptions): options is FieldOptions & Lifecycle => 'arrows' in options;

/** A lifecycle moves along its arrows only, and a state that needs facts finds them filled. */
export const checkStates = (draft: Draft, origin: string): void => {
  for (const [name, { options }] of fieldEntries(draft.definition)) {
    if (!isLifecycle(options)) continue;
    const to = draft.record[name] as string;
    const from = draft.before?.[name] as string | undefined;
    const isTakenBack = from !== undefined && options.undoneBy?.[from] === origin;
    if (from !== undefined && !isTakenBack && !mayMove(options, from, to))
      draft.refuse(name, 'lifecycle.forbidden', { from, to });
    const action = options.only?.[to];
    if (action !== undefined && from !== to && origin === 'person')
      draft.refuse(name, 'lifecycle.by-action', { to, action });
    for (const needed of (from === to ? undefined : options.needs?.[to]) ?? []) {
      if ((draft.record[needed] ?? null) === null) draft.refuse(needed, 'required', { state: to });
    }
  }
};
