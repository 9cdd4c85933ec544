/** Red, green and blue, 0 to 1, as a screen shows them. */
export type Rgb = readonly [red: number, green: number, blue: number];

export type Scheme = 'light' | 'dark';

export const black: Rgb = [0, 0, 0];
export const white: Rgb = [1, 1, 1];

let canvas: OffscreenCanvasRenderingContext2D | null | undefined;

/** Reads colours as the browser does. Nothing is painted: what a canvas is told, it says again in numbers. */
const context = (): OffscreenCanvasRenderingContext2D | null =>
  (canvas ??= typeof OffscreenCanvas === 'undefined' ? null : new OffscreenCanvas(1, 1).getContext('2d'));

/**
 * The numbers of a colour; undefined for what is none, or depends on where it stands.
 *
 * @param under - What shines through where the colour lets it.
 */
export const readColor = (color: string, under: Rgb): Rgb | undefined => {
  const paint = context();
  if (!paint) return undefined;
  paint.fillStyle = '#010203';
  paint.fillStyle = `color(from ${color} srgb r g b / alpha)`;
  const [, numbers, alpha = '1'] = /^color\(srgb ([^/)]+)(?:\/ ([^)]+))?\)$/.exec(paint.fillStyle) ?? [];
  if (numbers === undefined) return undefined;
  const parts = numbers
    .trim()
    .split(' ')
    .map((part) => clamp(Number(part) || 0));
  return mix(under, parts as unknown as Rgb, Number(alpha));
};

/** How a colour reads in CSS, rounded to what screens show. */
export const writeColor = (rgb: Rgb): string =>
  `#${rgb.map((part) => toByte(part).toString(16).padStart(2, '0')).join('')}`;

/** @param share - 0 is the one, 1 the other. */
export const mix = (one: Rgb, other: Rgb, share: number): Rgb =>
  one.map((part, at) => part + (other[at]! - part) * share) as unknown as Rgb;

/** How much brighter the brighter one is, 1 to 21. @see WCAG 2.2, contrast ratio */
export const contrast = (one: Rgb, other: Rgb): number => {
  const [dark, bright] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (bright! + 0.05) / (dark! + 0.05);
};

/** @see WCAG 2.2, relative luminance; of the colour rounded to what screens show */
export const luminance = (rgb: Rgb): number => {
  const [red, green, blue] = rgb.map((part) => {
    const shown = toByte(part) / 255;
    return shown <= 0.04045 ? shown / 12.92 : ((shown + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
};

/** A value as it is in one scheme: every `light-dark(…, …)` in it is replaced by one of its halves. */
export const inScheme = (value: string, scheme: Scheme): string => {
  const name = 'light-dark(';
  const start = value.indexOf(name);
  if (start < 0) return value;
  const { comma, end } = partsOf(value, start + name.length);
  const half = scheme === 'light' ? value.slice(start + name.length, comma) : value.slice(comma + 1, end);
  return inScheme(`${value.slice(0, start)}${half.trim()}${value.slice(end + 1)}`, scheme);
};

/** Where the first comma of a list in brackets is, and where the list ends. */
const partsOf = (value: string, from: number): { readonly comma: number; readonly end: number } => {
  let depth = 0;
  let comma = value.length;
  for (let at = from; at < value.length; at++) {
    const character = value[at];
    if (character === '(') depth++;
    else if (character === ',' && depth === 0) comma = Math.min(comma, at);
    else if (character === ')' && depth-- === 0) return { comma, end: at };
  }
  return { comma, end: value.length };
};

const clamp = (part: number): number => Math.min(1, Math.max(0, part));

const toByte = (part: number): number => Math.round(clamp(part) * 255);
