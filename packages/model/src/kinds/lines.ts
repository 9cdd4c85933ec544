import * as z from 'zod/mini';
import { storableText } from '../characters.ts';
import { compareDecimals, isDecimal, toDecimal, toScale } from '../decimal.ts';
import { numberFormat } from '../format/intl.ts';
import { isId, uuid7, type Id } from '../id.ts';
import { field, parsed, refused, type Field, type FieldOptions, type Kind, type PresenceOf } from '../kind.ts';
import type { Random } from '../random.ts';
import { plainJson } from '../plain-json.ts';
import { plain } from '../storage.ts';

/** What is taken off a line: per cent of it, an amount, or whatever it takes to reach an agreed unit price. */
export type LineDiscount = { readonly percent: string } | { readonly amount: string } | { readonly price: string };

/** A tax as it was when the document was written; later changes of the tax do not reach it. */
export interface LineTax {
  readonly code: string;
  /** Per cent, `22` or `9.975`. */
  readonly rate: string;
  /** The codes of those taxes earlier on the same line on which this one is due as well. */
  readonly compoundOn?: readonly string[];
}

/** One line of a quote, order, invoice or the like. Amounts are in the document's currency. */
export interface Line {
  /** A UUID, unique within the document: by it versions of a document are merged. */
  readonly id: string;
  /** The product or service; null for a line of free text. */
  readonly item: Id<'products'> | null;
  readonly variant: string | null;
  readonly description: string;
  /** Decimal with 4 digits; negative takes back. */
  readonly quantity: string;
  readonly unit: string | null;
  /** Decimal with 4 digits. */
  readonly unitPrice: string;
  readonly discount: LineDiscount | null;
  readonly taxes: readonly LineTax[];
  /** The heading under which the line stands. */
  readonly section: string | null;
  /** Offered beside the rest: counts only once it is chosen. */
  readonly optional: boolean;
  readonly chosen: boolean;
  /** What one unit costs us. */
  readonly cost: string | null;
  readonly serials: readonly string[];
  readonly glAccount: string | null;
  /** The id of the line of another document from which this one was made. */
  readonly source: string | null;
  /** How much of the quantity went which way since, each a decimal with 4 digits. */
  readonly delivered: string;
  readonly invoiced: string;
  readonly cancelled: string;
  readonly returned: string;
}

export interface LinesOptions extends FieldOptions {
  /** Lines at most; 1,000 unless told. */
  readonly max?: number;
}

/** Digits after the point of quantities, unit prices and costs. */
const digits = 4;
const defaultMax = 1_000;
const maxTaxes = 10;
const maxSerials = 10_000;
const maxDecimal = 24;

const areUnique = (values: readonly string[]): boolean => new Set(values).size === values.length;

const decimal = () =>
  z.string().check(z.maxLength(maxDecimal, { error: 'too-long' }), z.refine(isDecimal, { error: 'number' }));

const scaled = () =>
  z.pipe(
    decimal(),
    z.transform((value) => toScale(value, digits)),
  );

const isPercent = (value: string): boolean =>
  !isDecimal(value) || (toDecimal(value).units >= 0n && compareDecimals(toDecimal(value), toDecimal('100')) <= 0);

const percent = () => decimal().check(z.refine(isPercent, { error: 'percent' }));

const id = () => z.string().check(z.refine(isId, { error: 'id' }));

const orNull = <T>(schema: z.ZodMiniType<T>) => z._default(z.nullable(schema), null);

const distinctTexts = (length: number, max: number) =>
  z
    .array(storableText(length, 1))
    .check(z.maxLength(max, { error: 'too-many' }), z.refine(areUnique, { error: 'duplicate' }));

const taxSchema = () =>
  z.strictObject({
    code: storableText(30, 1),
    rate: percent(),
    compoundOn: z.exactOptional(distinctTexts(30, maxTaxes)),
  });

/** No tax is due on itself or on one that comes later, so that there are no circles. */
const areInOrder = (taxes: readonly LineTax[]): boolean =>
  taxes.every(({ compoundOn }, index) => taxes.slice(index).every((later) => !compoundOn?.includes(later.code)));

/** The taxes of a line or of a charge. */
export const taxesSchema = () =>
  z.array(taxSchema()).check(
    z.maxLength(maxTaxes, { error: 'too-many' }),
    z.refine((taxes) => areUnique(taxes.map((tax) => tax.code)), { error: 'duplicate' }),
    z.refine(areInOrder, { error: 'tax-order' }),
  );

const discountSchema = () =>
  z.union(
    [
      z.strictObject({ percent: percent() }),
      z.strictObject({ amount: decimal() }),
      z.strictObject({ price: decimal() }),
    ],
    { error: 'discount' },
  );

const moved = () => z._default(scaled(), toScale('0', digits));

const lineSchema = () =>
  z.strictObject({
    id: id(),
    item: orNull(id() as unknown as z.ZodMiniType<Id<'products'>>),
    variant: orNull(id()),
    description: z._default(storableText(5_000), ''),
    quantity: scaled(),
    unit: orNull(storableText(20, 1)),
    unitPrice: scaled(),
    discount: orNull(discountSchema()),
    taxes: z._default(taxesSchema(), []),
    section: orNull(storableText(255, 1)),
    optional: z._default(z.boolean(), false),
    chosen: z._default(z.boolean(), false),
    cost: orNull(scaled()),
    serials: z._default(distinctTexts(120, maxSerials), []),
    glAccount: orNull(storableText(60, 1)),
    source: orNull(id()),
    delivered: moved(),
    invoiced: moved(),
    cancelled: moved(),
    returned: moved(),
  });

const makeSchema = (max: number): z.ZodMiniType<readonly Line[]> =>
  z.array(lineSchema()).check(
    z.maxLength(max, { error: 'too-many' }),
    z.refine((lines) => areUnique(lines.map((line) => line.id)), { error: 'duplicate' }),
  );

/** By the number of lines allowed, since a schema of so many keys takes longer to make than to use. */
const schemas = /* @__PURE__ */ new Map<number, z.ZodMiniType<readonly Line[]>>();

const linesSchema = ({ max = defaultMax }: LinesOptions): z.ZodMiniType<readonly Line[]> => {
  const schema = schemas.get(max) ?? makeSchema(max);
  schemas.set(max, schema);
  return schema;
};

const readLines = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const randomId = (random: Random): string =>
  uuid7(
    random.integer(0, 2 ** 31),
    Uint8Array.from({ length: 10 }, () => random.integer(0, 255)),
  );

const randomDecimal = (random: Random, max: number): string =>
  toScale(`${random.integer(0, max)}.${random.integer(0, 9999)}`, digits);

const randomLine = (random: Random): Line => ({
  id: randomId(random),
  item: random.chance(0.7) ? (randomId(random) as Id<'products'>) : null,
  variant: null,
  description: random.pick(['Licence', 'Sedia «Ada»', 'Beratung, 1 h', 'a "b"']),
  quantity: toScale(random.pick(['1', '2.25', '-1', '10']), digits),
  unit: random.pick(['pz', 'h', null]),
  unitPrice: randomDecimal(random, 9_999),
  discount: random.pick([null, { percent: '10' }, { amount: '0.50' }, { price: '1' }]),
  taxes: random.pick([
    [],
    [{ code: 'IVA22', rate: '22' }],
    [
      { code: 'a', rate: '5' },
      { code: 'b', rate: '9.975', compoundOn: ['a'] },
    ],
  ]),
  section: random.pick([null, 'Hardware']),
  optional: random.chance(0.2),
  chosen: random.chance(0.5),
  cost: random.chance(0.5) ? randomDecimal(random, 5_000) : null,
  serials: random.pick([[], ['SN-1', 'SN-2']]),
  glAccount: null,
  source: random.chance(0.3) ? randomId(random) : null,
  delivered: toScale('0', digits),
  invoiced: toScale('0', digits),
  cancelled: toScale('0', digits),
  returned: toScale('0', digits),
});

export const linesKind: Kind<readonly Line[], LinesOptions, 'opaque'> = {
  name: 'lines',
  domain: 'opaque',
  merge: 'lines',
  schema: linesSchema,
  parse: (text, options) => {
    if (text.trim() === '') return parsed<readonly Line[]>(null);
    const read = linesSchema(options).safeParse(readLines(text));
    return read.success ? parsed(read.data) : refused('lines');
  },
  toText: plainJson,
  format: (value, _options, display) => numberFormat(display.locale, {}).format(value.length),
  key: () => null,
  storage: () => plain('json'),
  control: () => ({ as: 'lines' }),
  random: (random) => Array.from({ length: random.integer(0, 4) }, () => randomLine(random)),
};

/** The lines of a quote, order, invoice or the like, in their order; at most 1,000. */
export const lines = <const O extends LinesOptions>(
  options: O = {} as O,
): Field<readonly Line[], PresenceOf<O>, 'opaque'> => field(linesKind, options);
