import fc from 'fast-check';
import type { Field, ValueOf } from '../kind.ts';
import { seededRandom, type Random } from '../random.ts';

type Fields = Readonly<Record<string, Field>>;

/** What may be sent to create a record: no computed fields, and the ones with a default may be left out. */
export type ArbitraryDraft<F extends Fields> = { readonly [Key in keyof F]?: ValueOf<F[Key]> | null };

/** How often a field that may be empty is. */
const emptiness = 0.2;

const isOptional = (field: Field): boolean => field.presence === 'optional' || field.presence === 'computed';

const seeds = (): fc.Arbitrary<Random> => fc.integer({ min: 0, max: 0xffff_ffff }).map(seededRandom);

const valueOf = (field: Field, random: Random): unknown =>
  isOptional(field) && random.chance(emptiness) ? null : field.kind.random(random, field.options);

/** Any value that a record may hold in this field, null included where it may be empty. */
export const arbitraryOf = <F extends Field>(field: F): fc.Arbitrary<ValueOf<F> | null> =>
  seeds().map((random) => valueOf(field, random) as ValueOf<F> | null);

/** Any draft of a record with these fields. */
export const arbitraryDraft = <const F extends Fields>(fields: F): fc.Arbitrary<ArbitraryDraft<F>> =>
  seeds().map((random) => {
    const given = Object.entries(fields).filter(
      ([, { presence }]) => presence !== 'computed' && !(presence === 'defaulted' && random.chance(emptiness)),
    );
    // Every key is one of the fields, and every value of its kind
    return Object.fromEntries(given.map(([key, field]) => [key, valueOf(field, random)])) as ArbitraryDraft<F>;
  });
