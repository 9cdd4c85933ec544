import * as z from 'zod/mini';
import { numberFormat } from '../format/intl.ts';
import { field, parsed, refused, type Field, type FieldOptions, type Kind, type PresenceOf } from '../kind.ts';
import { plainJson } from '../plain-json.ts';
import { plain } from '../storage.ts';
import { checked, once, readJson } from '../structured.ts';
import { geoKind, latitude, longitude, type Geo } from './geo.ts';

/** A corner or centre, degrees of WGS 84. */
export type Point = Pick<Geo, 'lat' | 'lng'>;

/** A piece of the globe: around a point, or between corners, the last of which joins the first. */
export type Area =
  /** `radius` in metres. */
  | { readonly type: 'circle'; readonly center: Point; readonly radius: number }
  | { readonly type: 'polygon'; readonly points: readonly Point[] };

const maxRadius = 20_000_000;
const maxPoints = 500;

const point = () => z.strictObject({ lat: latitude(), lng: longitude() });

const schema = /* @__PURE__ */ once((): z.ZodMiniType<Area> =>
  z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('circle'),
      center: point(),
      radius: z.number().check(z.positive({ error: 'too-small' }), z.maximum(maxRadius, { error: 'too-big' })),
    }),
    z.strictObject({
      type: z.literal('polygon'),
      points: z
        .array(point())
        .check(z.minLength(3, { error: 'too-few' }), z.maxLength(maxPoints, { error: 'too-many' })),
    }),
  ]),
);

const corner = ({ lat, lng }: Point): string => `${lat.toFixed(5)}, ${lng.toFixed(5)}`;

export const areaKind: Kind<Area, FieldOptions, 'opaque'> = {
  name: 'area',
  domain: 'opaque',
  schema: () => schema(),
  parse: (text) => {
    if (text.trim() === '') return parsed<Area>(null);
    const value = readJson(text);
    return value === undefined ? refused('json') : checked(schema(), value);
  },
  toText: plainJson,
  format: (value, _options, { locale }) =>
    value.type === 'circle'
      ? `${corner(value.center)} ± ${numberFormat(locale, { style: 'unit', unit: 'meter', maximumFractionDigits: 0 }).format(value.radius)}`
      : value.points.map(corner).join(' · '),
  key: () => null,
  storage: () => plain('json'),
  control: () => ({ as: 'none' }),
  random: (random) => {
    const any = (): Point => {
      const { lat, lng } = geoKind.random(random, {});
      return { lat, lng };
    };
    return random.chance(0.5)
      ? { type: 'circle', center: any(), radius: random.integer(1, 50_000) }
      : { type: 'polygon', points: Array.from({ length: random.integer(3, 6) }, any) };
  },
};

/** A piece of the globe, such as a sales territory. Edited on a map of the host page. */
export const area = <const O extends FieldOptions>(options: O = {} as O): Field<Area, PresenceOf<O>, 'opaque'> =>
  field(areaKind, options);
