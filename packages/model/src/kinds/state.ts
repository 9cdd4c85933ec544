import { field, type Field, type FieldOptions, type Kind } from '../kind.ts';
import { choiceKind, type Tone } from './choice.ts';

/** For every state the states that may follow it; `*` stands for every state that is not closed. */
export type Arrows<S extends string = string> = { readonly [State in S]: readonly Exclude<NoInfer<S>, '*'>[] };

export interface StateRest<S extends string = string> extends FieldOptions {
  /** The states in which the matter is settled: the arrows of `*` do not start there. */
  readonly closed?: readonly S[];
  /** The fields that must be filled in before a record may enter a state. */
  readonly needs?: { readonly [State in S]?: readonly string[] };
  /** States that only a named action reaches, never a form. */
  readonly only?: { readonly [State in S]?: string };
  /** States that a named action takes back: it alone may leave them, for whichever state the record came from. */
  readonly undoneBy?: { readonly [State in S]?: string };
  /** Where records start; the first state unless told. */
  readonly initial?: S;
  readonly tones?: { readonly [State in S]?: Tone };
}

export interface StateOptions extends StateRest {
  /** The states, in the order of the arrows. */
  readonly options: readonly string[];
  readonly arrows: Readonly<Record<string, readonly string[]>>;
  readonly default: string;
}

export const stateKind: Kind<string, StateOptions, 'choice'> = { ...choiceKind, name: 'state', merge: 'ask' };

/** Whether a record may go from one state to another; staying is always allowed. */
export const mayMove = (
  { arrows, closed = [] }: Pick<StateOptions, 'arrows' | 'closed'>,
  from: string,
  to: string,
): boolean =>
  from === to || (arrows[from] ?? []).includes(to) || (!closed.includes(from) && (arrows['*'] ?? []).includes(to));

/** A choice that moves along the given arrows only: `state({ new: ['won', 'lost'], won: [], lost: ['new'] })`. */
export const state = <const S extends string>(
  arrows: Arrows<S>,
  rest: StateRest<Exclude<NoInfer<S>, '*'>> = {},
): Field<Exclude<S, '*'>, 'defaulted', 'choice'> => {
  const options = Object.keys(arrows).filter((name) => name !== '*');
  const initial = rest.initial ?? options[0];
  const complete = { ...rest, options, arrows, default: initial } as unknown as StateOptions;
  // The kind works on strings; that only the states of the arrows come out is what its schema checks
  return field(stateKind, complete) as unknown as Field<Exclude<S, '*'>, 'defaulted', 'choice'>;
};
