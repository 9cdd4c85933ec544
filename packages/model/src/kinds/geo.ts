import * as z from 'zod/mini';
import { storableText } from '../characters.ts';
import {
  field,
  parsed,
  refused,
  type Field,
  type FieldOptions,
  type Kind,
  type Parsed,
  type PresenceOf,
} from '../kind.ts';
import { plain } from '../storage.ts';
import { checked, once, readJson, shortest } from '../structured.ts';
import { tidyPart } from '../tidy.ts';
import { decimal } from './decimal.ts';
import { text } from './text.ts';

/** A place on the globe, WGS 84. */
export interface Geo {
  /** Degrees north. */
  readonly lat: number;
  /** Degrees east. */
  readonly lng: number;
  /** Radius in metres within which the place is. */
  readonly accuracy: number | null;
  /** Who says so: gps, an address service, a person. */
  readonly source: string | null;
}

export interface GeoOptions extends FieldOptions {
  readonly default?: Geo;
}

/** A centimetre of latitude; more is noise of floating point. */
const precision = 1e7;

/** Adding zero turns minus zero into zero. */
const rounded = (degrees: number): number => Math.round(degrees * precision) / precision + 0;

const degrees = (limit: number) =>
  z.number().check(z.minimum(-limit, { error: 'too-small' }), z.maximum(limit, { error: 'too-big' }));

export const latitude = () => degrees(90);
export const longitude = () => degrees(180);

export const geoSchema = /* @__PURE__ */ once(() =>
  z.pipe(
    z.strictObject({
      lat: latitude(),
      lng: longitude(),
      accuracy: z.optional(z.nullable(z.number().check(z.nonnegative({ error: 'too-small' })))),
      source: z.optional(z.nullable(storableText(40))),
    }),
    z.transform(({ lat, lng, accuracy, source }): Geo => ({
      lat: rounded(lat),
      lng: rounded(lng),
      accuracy: accuracy ?? null,
      source: tidyPart(source),
    })),
  ),
);

const readPair = (typed: string): unknown => {
  const numbers: readonly string[] = typed.match(/-?\d+(?:[.,]\d+)?/g) ?? [];
  const [lat = Number.NaN, lng = Number.NaN, ...more] = numbers.map((number) => Number(number.replace(',', '.')));
  const sober = /^[-\d.,;\s°]+$/.test(typed) && !Number.isNaN(lng) && more.length === 0;
  return sober ? { lat, lng } : undefined;
};

const parse = (typed: string): Parsed<Geo> => {
  if (typed.trim() === '') return parsed<Geo>(null);
  const place = readJson(typed) ?? readPair(typed);
  return place === undefined ? refused('geo') : checked(geoSchema(), place);
};

const short = ({ lat, lng }: Geo): string => `${lat}; ${lng}`;

export const geoKind: Kind<Geo, GeoOptions, 'opaque'> = {
  name: 'geo',
  domain: 'opaque',
  schema: () => geoSchema(),
  parse,
  toText: (value) => shortest(value, short(value), parse),
  format: ({ lat, lng }) => `${lat.toFixed(5)}, ${lng.toFixed(5)}`,
  key: () => null,
  storage: () => plain('json'),
  control: () => ({
    as: 'group',
    parts: {
      lat: decimal({ required: true, digits: 7, min: -90, max: 90 }),
      lng: decimal({ required: true, digits: 7, min: -180, max: 180 }),
      accuracy: decimal({ digits: 0, min: 0, unit: 'm', rare: true }),
      source: text({ max: 40, rare: true }),
    },
  }),
  random: (random) => ({
    lat: rounded(random.next() * 180 - 90),
    lng: rounded(random.next() * 360 - 180),
    accuracy: random.chance(0.3) ? random.integer(1, 5000) : null,
    source: random.chance(0.3) ? 'gps' : null,
  }),
};

/** A place by its coordinates. */
export const geo = <const O extends GeoOptions>(options: O = {} as O): Field<Geo, PresenceOf<O>, 'opaque'> =>
  field(geoKind, options);
