import * as z from 'zod/mini';
import { storableText } from '../characters.ts';
import { countries } from '../codes/countries.ts';
import { fold } from '../fold.ts';
import { formatAddress, type AddressParts } from '../format/address.ts';
import { field, parsed, type Field, type FieldOptions, type Kind, type Parsed, type PresenceOf } from '../kind.ts';
import type { Random } from '../random.ts';
import { readAddress } from '../reading/read-address.ts';
import { keyed } from '../storage.ts';
import { checked, once, readJson, shortest } from '../structured.ts';
import { tidyPart } from '../tidy.ts';
import { country } from './country.ts';
import { geoKind, geoSchema, type Geo } from './geo.ts';
import { text } from './text.ts';

const qualities = ['verified', 'plausible', 'invalid', 'unknown'] as const;

/** A postal address; at least one of street, town, postal code and country is there. */
export interface Address {
  /** The street, without the number. */
  readonly line1: string | null;
  readonly line2: string | null;
  /** Of the house: `12/A`, `s.n.c.`. */
  readonly number: string | null;
  readonly postalCode: string | null;
  readonly city: string | null;
  /** In Italy its code of two letters. */
  readonly province: string | null;
  readonly region: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null;
  readonly geo: Geo | null;
  /** In one line; follows from the other parts. */
  readonly formatted: string;
  /** What a check of the address said. */
  readonly quality: (typeof qualities)[number] | null;
}

export interface AddressOptions extends FieldOptions {
  readonly default?: Address;
}

const maxLine = 120;
const maxPart = 60;
const maxNumber = 20;

const part = (max: number) => z.optional(z.nullable(storableText(max)));

const partsSchema = () =>
  z.strictObject({
    line1: part(maxLine),
    line2: part(maxLine),
    number: part(maxNumber),
    postalCode: part(maxNumber),
    city: part(maxPart),
    province: part(maxPart),
    region: part(maxPart),
    country: z.optional(
      z.nullable(z.string().check(z.refine((code) => countries.includes(code), { error: 'country' }))),
    ),
    geo: z.optional(z.nullable(geoSchema())),
    formatted: z.optional(z.nullable(z.string())),
    quality: z.optional(z.nullable(z.enum(qualities, { error: 'option' }))),
  });

const complete = (typed: z.infer<ReturnType<typeof partsSchema>>): Address => {
  const parts: AddressParts = {
    line1: tidyPart(typed.line1),
    line2: tidyPart(typed.line2),
    number: tidyPart(typed.number),
    postalCode: tidyPart(typed.postalCode),
    city: tidyPart(typed.city),
    province: tidyPart(typed.province),
    region: tidyPart(typed.region),
    country: typed.country ?? null,
  };
  return { ...parts, geo: typed.geo ?? null, formatted: formatAddress(parts, null), quality: typed.quality ?? null };
};

const schema = /* @__PURE__ */ once(() =>
  z.pipe(partsSchema(), z.transform(complete)).check(
    z.refine(
      ({ line1, city, postalCode, country: land }) => [line1, city, postalCode, land].some((one) => one !== null),
      {
        error: 'blank',
      },
    ),
  ),
);

const parse = (typed: string, home: string): Parsed<Address> =>
  typed.trim() === '' ? parsed<Address>(null) : checked(schema(), readJson(typed) ?? readAddress(typed, home));

const key = (value: Address): string => fold(value.formatted);

const randomParts = (random: Random) =>
  random.pick([
    {
      line1: 'Via Roma',
      number: '1',
      postalCode: '20025',
      city: 'Legnano',
      province: 'MI',
      region: 'Lombardia',
      country: 'IT',
    },
    {
      line1: "Viale dell'Industria",
      number: '12/A',
      line2: 'Scala B',
      city: "L'Aquila",
      province: 'AQ',
      country: 'IT',
    },
    { line1: 'Hauptstraße', number: '5', postalCode: '10115', city: 'Berlin', country: 'DE' },
    { city: '東京', country: 'JP' },
    { country: 'CH' },
  ]);

export const addressKind: Kind<Address, AddressOptions, 'text'> = {
  name: 'address',
  domain: 'text',
  schema: () => schema(),
  parse: (typed, _options, reading) => parse(typed, reading.country),
  toText: (value) => shortest(value, value.formatted, (typed) => parse(typed, 'IT')),
  format: (value, _options, display) => formatAddress(value, display.locale),
  key,
  storage: () => keyed('json', key),
  control: () => ({
    as: 'group',
    parts: {
      line1: text({ max: maxLine, label: 'Street' }),
      number: text({ max: maxNumber }),
      line2: text({ max: maxLine, rare: true }),
      postalCode: text({ max: maxNumber }),
      city: text({ max: maxPart }),
      province: text({ max: maxPart }),
      region: text({ max: maxPart, rare: true }),
      country: country(),
    },
  }),
  random: (random) =>
    complete({
      ...randomParts(random),
      geo: random.chance(0.2) ? geoKind.random(random, {}) : null,
      quality: random.pick([null, ...qualities]),
    }),
};

/** A postal address in its parts. */
export const address = <const O extends AddressOptions>(options: O = {} as O): Field<Address, PresenceOf<O>, 'text'> =>
  field(addressKind, options);
