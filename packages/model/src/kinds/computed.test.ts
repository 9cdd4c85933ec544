import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Field, PresenceOf, ValueOf } from '../kind.ts';
import type { Id } from '../id.ts';
import { anyLink, type AnyLink } from './any-link.ts';
import { autonumber } from './autonumber.ts';
import { choices } from './choices.ts';
import { computed } from './computed.ts';
import { formula } from './formula.ts';
import { grid } from './grid.ts';
import { integer } from './integer.ts';
import { links } from './links.ts';
import { lookup } from './lookup.ts';
import { rollup } from './rollup.ts';
import { mayMove, state, type StateOptions } from './state.ts';
import { text } from './text.ts';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles only for true. */
const holds = <T extends true>(proof: T): void => equal(proof, true);

const double = (value: number | null): number | null => (value === null ? null : value * 2);
const firstOf = (a: string | null, b: string | null): string | null => (a === null ? b : a);

describe('A computed field', () => {
  it('names its sources and its rule, and is never typed in', () => {
    const field = computed(integer({ min: 0 }), ['amount'], double);
    deepEqual(field.computed, { from: ['amount'], rule: double });
    deepEqual(field.options, { min: 0, readonly: true });
    equal(field.presence, 'computed');
    holds<Equal<typeof field, Field<number, 'computed', 'number'>>>(true);
  });

  it('compiles only where sources, rule and kind fit', () => {
    computed(text(), ['first', 'second'], firstOf);
    // @ts-expect-error the rule takes two fields
    computed(text(), ['first'], firstOf);
    // @ts-expect-error the rule takes one field
    computed(integer(), ['first', 'second'], double);
    // @ts-expect-error the rule gives a number, not text
    computed(text(), ['amount'], double);
  });

  it('may be told by data instead of a rule', () => {
    const spec = { of: 'salesOrders', by: 'account', fn: 'count' } as const;
    deepEqual(rollup(spec, integer()).options, { rollup: spec, readonly: true });
    deepEqual(lookup('account.industry', text()).options, { lookup: 'account.industry', readonly: true });
    deepEqual(formula('amount * 2', integer()).options, { formula: 'amount * 2', readonly: true });
    equal(rollup(spec, integer()).presence, 'computed');
  });

  it('is a number of a series, given by the house', () => {
    const field = autonumber({ prefix: 'QUO-' });
    deepEqual([field.presence, field.options], ['computed', { unique: true, prefix: 'QUO-', readonly: true }]);
  });
});

const stage = state(
  { new: ['offer'], offer: ['won'], won: [], lost: ['new'], '*': ['lost'] },
  { closed: ['won', 'lost'], needs: { lost: ['reason'] }, only: { won: 'win' }, tones: { won: 'ok' } },
);
const options = stage.options as StateOptions;

describe('A state', () => {
  it('begins with the first and knows its states', () => {
    deepEqual(
      [options.options, options.default, stage.presence],
      [['new', 'offer', 'won', 'lost'], 'new', 'defaulted'],
    );
    equal((state({ a: ['b'], b: [] }, { initial: 'b' }).options as StateOptions).default, 'b');
    holds<Equal<ValueOf<typeof stage>, 'new' | 'offer' | 'won' | 'lost'>>(true);
  });

  it('moves along its arrows only', () => {
    const moves = (from: string, to: string) => mayMove(options, from, to);
    deepEqual([moves('new', 'offer'), moves('new', 'won'), moves('offer', 'new')], [true, false, false]);
    deepEqual([moves('new', 'lost'), moves('won', 'lost'), moves('lost', 'new')], [true, false, true]);
    deepEqual([moves('won', 'won'), moves('new', 'nowhere'), moves('nowhere', 'offer')], [true, false, false]);
  });

  it('compiles only where arrows end in known states', () => {
    // @ts-expect-error an arrow must end in a known state
    state({ open: ['closed'], shut: [] });
    // @ts-expect-error only known states are closed
    state({ open: ['shut'], shut: [] }, { closed: ['gone'] });
    // @ts-expect-error a star is no state to end in
    state({ open: ['*'], '*': [] });
  });
});

describe('Types of values', () => {
  it('are as narrow as the options say', () => {
    const both = choices(['a', 'b']);
    holds<Equal<ValueOf<typeof both>, readonly ('a' | 'b')[]>>(true);
    const people = links('contacts', { required: true });
    holds<Equal<typeof people, Field<readonly Id<'contacts'>[], 'required', 'list'>>>(true);
    const either = anyLink({ to: ['accounts', 'contacts'], readonly: true });
    holds<Equal<typeof either, Field<AnyLink<'accounts' | 'contacts'>, 'computed', 'link'>>>(true);
    const rows = grid({ columns: { name: text({ required: true }), count: integer() } });
    holds<Equal<ValueOf<typeof rows>[number], { readonly name: string; readonly count: number | null }>>(true);
    holds<Equal<PresenceOf<{ default: false }>, 'defaulted'>>(true);
  });
});
