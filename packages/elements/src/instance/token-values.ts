import { plainJson } from '@tessera-crm/model/plain-json.js';

/** What a value of a design token is in CSS, by its type. @see Design Tokens Format Module, types */
export const cssOf = (value: unknown, type: string | undefined): string => {
  if (type === undefined) throw new Error('it has no "$type", nor has a group around it.');
  const write = Object.hasOwn(types, type) ? types[type as keyof typeof types] : undefined;
  if (!write) throw new Error(`tokens of the type "${type}" cannot be used here.`);
  const css = write(value);
  if (css === undefined) throw new Error(`${plainJson(value)} is no value of the type "${type}".`);
  return css;
};

/** What CSS calls the colour spaces that have a function of their own. */
const colorFunctions = ['hsl', 'hwb', 'lab', 'lch', 'oklab', 'oklch'];

/** Those whose second and third component are shares of a hundred. */
const inPercent = ['hsl', 'hwb'];

const weights: Readonly<Record<string, number>> = {
  thin: 100,
  hairline: 100,
  'extra-light': 200,
  'ultra-light': 200,
  light: 300,
  normal: 400,
  regular: 400,
  book: 400,
  medium: 500,
  'semi-bold': 600,
  'demi-bold': 600,
  bold: 700,
  'extra-bold': 800,
  'ultra-bold': 800,
  black: 900,
  heavy: 900,
  'extra-black': 950,
  'ultra-black': 950,
};

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});

const color = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value;
  const { colorSpace, components, alpha = 1, hex } = fieldsOf(value);
  if (!Array.isArray(components) || components.length !== 3) return typeof hex === 'string' ? hex : undefined;
  if (typeof colorSpace !== 'string' || typeof alpha !== 'number') return undefined;
  if (!components.every((one) => one === 'none' || Number.isFinite(one))) return undefined;
  if (!colorFunctions.includes(colorSpace)) return `color(${colorSpace} ${components.join(' ')} / ${alpha})`;
  const isPercent = (at: number): boolean => at > 0 && inPercent.includes(colorSpace);
  const parts = components.map((one, at) => (isPercent(at) && one !== 'none' ? `${one}%` : String(one)));
  return `${colorSpace}(${parts.join(' ')} / ${alpha})`;
};

const withUnit =
  (pattern: RegExp) =>
  (given: unknown): string | undefined => {
    const { value, unit } = fieldsOf(given);
    const text = typeof value === 'number' && typeof unit === 'string' ? `${value}${unit}` : given;
    return typeof text === 'string' && pattern.test(text) ? text : undefined;
  };

const fontFamily = (value: unknown): string | undefined => {
  const names = Array.isArray(value) ? value : [value];
  if (names.length === 0 || !names.every((one) => typeof one === 'string' && one.trim())) return undefined;
  // A list in one text is as CSS has it; a name alone may hold what CSS does not allow bare
  if (!Array.isArray(value) && String(value).includes(',')) return String(value);
  return names.map((one) => (/^[a-z-]+$/i.test(one) ? one : plainJson(one))).join(', ');
};

const fontWeight = (value: unknown): string | undefined => {
  const weight = typeof value === 'string' ? weights[value.trim().toLowerCase()] : value;
  return typeof weight === 'number' && weight >= 1 && weight <= 1000 ? String(weight) : undefined;
};

/** Of a shadow its colour, as that is all of it that a look here takes. */
const shadow = (value: unknown): string | undefined => {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return color(fieldsOf(first)['color']);
};

const types = {
  color,
  dimension: withUnit(/^-?[\d.]+(px|rem|em)$/),
  duration: withUnit(/^[\d.]+(ms|s)$/),
  fontFamily,
  fontWeight,
  shadow,
} as const;
