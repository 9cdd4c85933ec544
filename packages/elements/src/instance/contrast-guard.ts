import { black, contrast, inScheme, mix, readColor, white, writeColor, type Rgb, type Scheme } from './colors.ts';
import type { SeedName, Seeds } from './seeds.ts';

/** What the tokens take where nothing is said. */
const usual = {
  accent: 'light-dark(#4353d6, #99a5ff)',
  surface: 'light-dark(#fff, #17181c)',
  text: 'light-dark(#1c1e26, #ecedf1)',
  good: 'light-dark(#157f4c, #55c98a)',
  warn: 'light-dark(#8f5200, #e9ae4b)',
  bad: 'light-dark(#c02a37, #ff8088)',
  info: 'light-dark(#1769c2, #72b4ff)',
} as const satisfies Seeds;

/** Rings are no text. @see WCAG 2.2, non-text contrast */
const leastOfRings = 3;

/** A colour of the page's that could not be read, and against what. */
export interface Correction {
  readonly name: SeedName;
  readonly scheme: Scheme;
  readonly from: string;
  readonly to: string;
  /** 1 to 21. */
  readonly contrast: number;
}

export interface Corrected {
  /** The colours to take instead, also of what the page left to us. */
  readonly seeds: Seeds;
  /** Those of them that the page had chosen. */
  readonly corrections: readonly Correction[];
}

/**
 * Makes everything that is to be read readable on what it stands on, by as little as it takes.
 *
 * @param seeds - Without `var()`.
 * @param schemes - Those that may be shown.
 * @param least - Contrast of text, 4.5 unless more is wanted.
 */
export const guardContrast = (seeds: Seeds, schemes: readonly Scheme[], least = 4.5): Corrected => {
  const found = schemes.map((scheme) => new Guard(seeds, scheme, least).check());
  const names = new Set(found.flatMap(({ changed }) => [...changed]));
  const valueOf = (name: SeedName): string => {
    const values = found
      .map(({ colors }) => colors.get(name))
      .filter((color) => color !== undefined)
      .map(writeColor);
    return values.length === 1 || values[0] === values[1] ? values[0]! : `light-dark(${values.join(', ')})`;
  };
  return {
    seeds: Object.fromEntries([...names].map((name) => [name, valueOf(name)])),
    corrections: found.flatMap(({ corrections }) => corrections),
  };
};

/** One scheme's colours. */
class Guard {
  /** As they are to be shown. */
  readonly colors = new Map<SeedName, Rgb>();
  /** Those that are not as the page or the tokens have them. */
  readonly changed = new Set<SeedName>();
  readonly corrections: Correction[] = [];
  readonly #seeds: Seeds;
  readonly #scheme: Scheme;
  readonly #least: number;
  /** What all text stands on. */
  #grounds: readonly Rgb[] = [];
  /** What it stands on at times: what is pointed at, what cannot be changed. */
  #tints: readonly Rgb[] = [];

  constructor(seeds: Seeds, scheme: Scheme, least: number) {
    this.#seeds = seeds;
    this.#scheme = scheme;
    this.#least = least;
  }

  check(): this {
    const paper = this.#scheme === 'light' ? white : black;
    const surface = this.#read(this.#seeds.surface ?? usual.surface, paper);
    const accent = this.#read(this.#seeds.accent ?? usual.accent, surface ?? paper);
    if (!surface || !accent) return this;
    this.#grounds = [surface, this.#raisedOver(surface)];
    this.#tints = [this.#blend(better([surface]), 0.06, surface)];
    const text = this.#fit('text', usual.text);
    this.#fit('mutedText', `color-mix(in oklab, ${writeColor(text)} 62%, ${writeColor(surface)})`);
    this.#fit('accentText', this.#inkOf(accent), [this.#blend(accent, 0.12, surface)]);
    for (const name of ['good', 'warn', 'bad', 'info'] as const) this.#fit(name, usual[name]);
    this.#fitOn('onAccent', accent);
    this.#fitRing(surface);
    return this;
  }

  /** What stands out, unless no text could be read on both it and the surface. */
  #raisedOver(surface: Rgb): Rgb {
    const isLight = this.#scheme === 'light';
    const raised =
      this.#read(this.#seeds.raised ?? '', surface) ?? (isLight ? surface : this.#blend(white, 0.05, surface));
    const best = Math.max(...[black, white].map((ink) => lowest(ink, [surface, raised])));
    this.colors.set('raised', raised);
    if (best >= Math.min(this.#least, bestOn(surface))) return raised;
    this.#correct('raised', surface, best);
    return surface;
  }

  /** As the tokens make it of the accent. */
  #inkOf(accent: Rgb): string {
    const lightness = this.#scheme === 'light' ? 'min(l, 0.48)' : 'max(l, 0.76)';
    return `oklch(from ${writeColor(accent)} ${lightness} c h)`;
  }

  /** @param others - What it always stands on too, where it can be read on all of that. */
  #fit(name: SeedName, otherwise: string, others: readonly Rgb[] = []): Rgb {
    const given = this.#read(this.#seeds[name] ?? otherwise, this.#grounds[0]!) ?? black;
    const all = this.#reachable([...this.#grounds, ...others]) ?? this.#grounds;
    return this.#settle(name, given, all, this.#least, this.#reachable([...all, ...this.#tints]));
  }

  /** The same grounds if some text can be read on all of them. */
  #reachable(grounds: readonly Rgb[]): readonly Rgb[] | undefined {
    return [black, white].some((ink) => lowest(ink, grounds) >= this.#least) ? grounds : undefined;
  }

  /** Text on the accent, black or white if the page's cannot be read; the tokens choose well where nothing is said. */
  #fitOn(name: SeedName, accent: Rgb): void {
    const given = this.#seeds[name] === undefined ? undefined : this.#read(this.#seeds[name], accent);
    if (!given) return;
    this.colors.set(name, given);
    const ratio = contrast(given, accent);
    if (ratio < this.#least && ratio < bestOn(accent)) this.#correct(name, better([accent]), ratio);
  }

  #fitRing(surface: Rgb): void {
    const given = this.#seeds.focus === undefined ? undefined : this.#read(this.#seeds.focus, surface);
    if (given) this.#settle('focus', given, [surface], leastOfRings);
  }

  /** @param aim - What a corrected colour can be read on; as much as has to be unless given. */
  #settle(name: SeedName, given: Rgb, grounds: readonly Rgb[], least: number, aim = grounds): Rgb {
    const ratio = lowest(given, grounds);
    this.colors.set(name, given);
    if (ratio >= least) return given;
    const fitting = nearestReadable(given, aim, least);
    this.#correct(name, fitting, ratio);
    return fitting;
  }

  #correct(name: SeedName, to: Rgb, ratio: number): void {
    this.colors.set(name, to);
    this.changed.add(name);
    const from = this.#seeds[name];
    if (from === undefined) return;
    this.corrections.push({
      name,
      scheme: this.#scheme,
      from: inScheme(from, this.#scheme),
      to: writeColor(to),
      contrast: ratio,
    });
  }

  #blend(over: Rgb, share: number, under: Rgb): Rgb {
    const mixed = `color-mix(in oklab, ${writeColor(over)} ${share * 100}%, ${writeColor(under)})`;
    return readColor(mixed, under) ?? under;
  }

  #read(color: string, under: Rgb): Rgb | undefined {
    return readColor(inScheme(color, this.#scheme), under);
  }
}

const lowest = (ink: Rgb, grounds: readonly Rgb[]): number => Math.min(...grounds.map((one) => contrast(ink, one)));

const bestOn = (ground: Rgb): number => Math.max(contrast(black, ground), contrast(white, ground));

const better = (grounds: readonly Rgb[]): Rgb => (lowest(black, grounds) >= lowest(white, grounds) ? black : white);

/** Towards black or white, whichever can be read better, in steps of a hundredth. */
const nearestReadable = (given: Rgb, grounds: readonly Rgb[], least: number): Rgb => {
  const end = better(grounds);
  let share = 1;
  while (share > 0 && lowest(mix(given, end, share - 0.01), grounds) >= least) share -= 0.01;
  return mix(given, end, share);
};
