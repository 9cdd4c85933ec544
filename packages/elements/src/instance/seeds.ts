import { kebab } from '../frame/kebab.ts';

/** What a designer brands everything with: plain CSS values. All else follows from these. */
export interface AppearanceVariables {
  /** Font families. The page's own unless given. */
  readonly font?: string;
  /** Font families of names and titles. */
  readonly headingFont?: string;
  /** Of usual text; 0.875 of the page's unless given. */
  readonly fontSize?: string;
  /** Weight of labels, buttons and chips; 550 unless given. */
  readonly strongWeight?: string;
  /** Weight of names and titles; 600 unless given. */
  readonly headingWeight?: string;
  /** Colour of what acts: main buttons, marks, initials. */
  readonly accent?: string;
  /** The accent, by the name that many designs have for it. */
  readonly primary?: string;
  /** Text on the accent; black or white, whichever can be read better, unless given. */
  readonly onAccent?: string;
  /** Text and icons in the accent's hue. */
  readonly accentText?: string;
  /** What things stand on. */
  readonly surface?: string;
  /** What stands out of it: buttons, cards of a board, menus, dialogs. */
  readonly raised?: string;
  readonly text?: string;
  /** Text of second rank, and icons. */
  readonly mutedText?: string;
  /** Thin lines between things. */
  readonly line?: string;
  /** Lines around what can be pressed or filled in. */
  readonly controlLine?: string;
  readonly good?: string;
  readonly warn?: string;
  readonly bad?: string;
  readonly info?: string;
  /** The ring around what has the focus. */
  readonly focus?: string;
  /** The colour of shadows; `transparent` for none. */
  readonly shadow?: string;
  /** Of corners; boxes and dialogs are rounder by a little. */
  readonly radius?: string;
  /** Of chips; entirely round unless given. */
  readonly chipRadius?: string;
  /** The step of all distances; 4px unless given, less or more by the density. */
  readonly unit?: string;
  /** Height of buttons and inputs; 8 units unless given. */
  readonly controlHeight?: string;
  /** How long a transition takes; `0ms` for none. */
  readonly motion?: string;
}

/** What a value has to be: a value of this property of CSS. */
export type SeedProperty =
  'color' | 'font-family' | 'font-size' | 'font-weight' | 'inline-size' | 'transition-duration';

export type SeedName = Exclude<keyof AppearanceVariables, 'primary'>;

/** All seeds, and what their values have to be. */
export const seeds: Readonly<Record<SeedName, SeedProperty>> = {
  font: 'font-family',
  headingFont: 'font-family',
  fontSize: 'font-size',
  strongWeight: 'font-weight',
  headingWeight: 'font-weight',
  accent: 'color',
  onAccent: 'color',
  accentText: 'color',
  surface: 'color',
  raised: 'color',
  text: 'color',
  mutedText: 'color',
  line: 'color',
  controlLine: 'color',
  good: 'color',
  warn: 'color',
  bad: 'color',
  info: 'color',
  focus: 'color',
  shadow: 'color',
  radius: 'inline-size',
  chipRadius: 'inline-size',
  unit: 'inline-size',
  controlHeight: 'inline-size',
  motion: 'transition-duration',
};

export type Seeds = { readonly [Name in SeedName]?: string };

export const seedNames = Object.keys(seeds) as readonly SeedName[];

/** `--crm-on-accent` of `onAccent`. */
export const seedProperty = (prefix: string, name: SeedName): string => `--${prefix}-${kebab(name)}`;

/**
 * The seeds among what a page gave.
 *
 * @param refused - Told in words what is no seed, or not a value for one: it is left out.
 */
export const readSeeds = (variables: AppearanceVariables, refused: (why: string) => void): Seeds => {
  const read: Partial<Record<SeedName, string>> = {};
  for (const [given, value] of Object.entries(variables)) {
    const name = given === 'primary' ? 'accent' : given;
    if (!isSeed(name)) refused(`"${given}" is no variable of the appearance.`);
    else if (isValue(name, value)) read[name] = String(value);
    else refused(`"${String(value)}" cannot be the ${given} of the appearance.`);
  }
  return read;
};

const isSeed = (name: string): name is SeedName => Object.hasOwn(seeds, name);

const isValue = (name: SeedName, value: unknown): boolean =>
  (typeof value === 'string' || typeof value === 'number') && CSS.supports(seeds[name], String(value));
