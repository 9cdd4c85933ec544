import * as z from 'zod/mini';
import { field, parsed, refused, type Field, type FieldOptions, type Kind, type PresenceOf } from '../kind.ts';
import { plainJson } from '../plain-json.ts';
import { plain } from '../storage.ts';
import { checked, once, readJson } from '../structured.ts';

/** A signature drawn by hand: the way of the pen, or a picture of it. */
export type Signature =
  /** Each stroke is x, y, x, y … in pixels of a sheet of `width` × `height`. */
  | {
      readonly type: 'strokes';
      readonly width: number;
      readonly height: number;
      readonly strokes: readonly (readonly number[])[];
    }
  /** `data` is a `data:` address of a PNG. */
  | { readonly type: 'image'; readonly data: string };

const maxSide = 10_000;
/** Characters once serialised. */
const maxSize = 131_072;

const side = () => z.int().check(z.minimum(1, { error: 'too-small' }), z.maximum(maxSide, { error: 'too-big' }));

const pairs = (stroke: readonly number[]): boolean => stroke.length > 0 && stroke.length % 2 === 0;

const schema = /* @__PURE__ */ once((): z.ZodMiniType<Signature> =>
  z
    .discriminatedUnion('type', [
      z.strictObject({
        type: z.literal('strokes'),
        width: side(),
        height: side(),
        strokes: z
          .array(z.array(z.number()).check(z.refine(pairs, { error: 'signature' })))
          .check(z.minLength(1, { error: 'blank' })),
      }),
      z.strictObject({
        type: z.literal('image'),
        data: z.string().check(z.regex(/^data:image\/png;base64,[A-Za-z0-9+/]+={0,2}$/, { error: 'signature' })),
      }),
    ])
    .check(z.refine((value) => plainJson(value).length <= maxSize, { error: 'too-long' })),
);

export const signatureKind: Kind<Signature, FieldOptions, 'opaque'> = {
  name: 'signature',
  domain: 'opaque',
  schema: () => schema(),
  parse: (text) => {
    if (text.trim() === '') return parsed<Signature>(null);
    const value = readJson(text);
    return value === undefined ? refused('json') : checked(schema(), value);
  },
  toText: plainJson,
  format: () => '✓',
  key: () => null,
  storage: () => plain('json'),
  control: () => ({ as: 'none' }),
  random: (random) => ({
    type: 'strokes',
    width: 300,
    height: 100,
    strokes: Array.from({ length: random.integer(1, 3) }, () =>
      Array.from({ length: 2 * random.integer(1, 5) }, () => random.integer(0, 100)),
    ),
  }),
};

/** A signature drawn by hand. */
export const signature = <const O extends FieldOptions>(
  options: O = {} as O,
): Field<Signature, PresenceOf<O>, 'opaque'> => field(signatureKind, options);
