import * as z from 'zod/mini';
import { storableText } from '../characters.ts';
import { fold } from '../fold.ts';
import { formatName } from '../format/name.ts';
import { field, parsed, type Field, type FieldOptions, type Kind, type Parsed, type PresenceOf } from '../kind.ts';
import { readName } from '../reading/read-name.ts';
import { keyed } from '../storage.ts';
import { checked, once, readJson, shortest } from '../structured.ts';
import { tidyPart } from '../tidy.ts';
import { text } from './text.ts';

/** A person's name; at least one of `first` and `last` is there. */
export interface Name {
  readonly salutation: string | null;
  readonly first: string | null;
  readonly middle: string | null;
  readonly last: string | null;
  readonly suffix: string | null;
}

export interface NameOptions extends FieldOptions {
  readonly default?: Name;
}

const maxPart = 80;

const part = () => z.optional(z.nullable(storableText(maxPart)));

const schema = /* @__PURE__ */ once(() =>
  z
    .pipe(
      z.strictObject({ salutation: part(), first: part(), middle: part(), last: part(), suffix: part() }),
      z.transform((name): Name => ({
        salutation: tidyPart(name.salutation),
        first: tidyPart(name.first),
        middle: tidyPart(name.middle),
        last: tidyPart(name.last),
        suffix: tidyPart(name.suffix),
      })),
    )
    .check(z.refine(({ first, last }) => first !== null || last !== null, { error: 'blank' })),
);

const parse = (typed: string): Parsed<Name> =>
  typed.trim() === '' ? parsed<Name>(null) : checked(schema(), readJson(typed) ?? readName(typed));

/** Sorted as a telephone book: by family name. */
const key = ({ last, first, middle }: Name): string => fold([last, first, middle].filter(Boolean).join(' '));

export const nameKind: Kind<Name, NameOptions, 'text'> = {
  name: 'name',
  domain: 'text',
  schema: () => schema(),
  parse,
  toText: (value) => {
    const short = formatName(value, 'it');
    return shortest(
      value,
      shortest(value, short, parse) === short ? short : [value.last, value.first].join(', '),
      parse,
    );
  },
  format: (value, _options, display) => formatName(value, display.locale),
  key,
  storage: () => keyed('json', key),
  control: () => ({
    as: 'group',
    parts: {
      salutation: text({ max: maxPart, rare: true }),
      first: text({ max: maxPart }),
      middle: text({ max: maxPart, rare: true }),
      last: text({ max: maxPart }),
      suffix: text({ max: maxPart, rare: true }),
    },
  }),
  random: (random) => ({
    salutation: random.chance(0.2) ? random.pick(['Dott.', 'Mrs', 'Ing.']) : null,
    first: random.chance(0.9) ? random.pick(['Ada', 'Anna Maria', 'Niccolò', '健', 'José']) : null,
    middle: random.chance(0.2) ? random.pick(['Q.', 'Grazia']) : null,
    last: random.pick(["D'Amico", 'De Rossi', 'Brambilla', 'Müller', '山田', 'van der Berg', 'Smith, Wesson']),
    suffix: random.chance(0.1) ? random.pick(['Jr.', 'PhD']) : null,
  }),
};

/** A person's name in its parts; sorts by family name. */
export const name = <const O extends NameOptions>(options: O = {} as O): Field<Name, PresenceOf<O>, 'text'> =>
  field(nameKind, options);
