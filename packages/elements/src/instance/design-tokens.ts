import { seeds, type SeedName, type Seeds } from './seeds.ts';
import { cssOf } from './token-values.ts';

/** A file of design tokens, as `JSON.parse` gives it. @see Design Tokens Format Module of the W3C community group */
export type DesignTokens = { readonly [name: string]: unknown };

interface Token {
  readonly value: unknown;
  readonly type: string | undefined;
}

/**
 * The names of tokens for each seed, best first. Case and the way words are joined are of no account, and groups may
 * stand before: `acme.color.accent` and `Color.Accent` are `color.accent`.
 */
export const tokenNames: Readonly<Record<SeedName, readonly string[]>> = {
  font: ['font.body', 'font.family.body', 'font.family.base', 'font-family.body', 'font-family.base', 'font-family'],
  headingFont: ['font.heading', 'font.family.heading', 'font-family.heading'],
  fontSize: ['font-size.body', 'font-size.base', 'font.size.body', 'font.size.base'],
  strongWeight: ['font-weight.strong', 'font.weight.strong', 'font-weight.medium', 'font.weight.medium'],
  headingWeight: ['font-weight.heading', 'font.weight.heading', 'font-weight.bold', 'font.weight.bold'],
  accent: ['color.accent', 'color.primary', 'color.brand'],
  onAccent: ['color.on-accent', 'color.on-primary', 'color.on-brand'],
  accentText: ['color.accent-text', 'color.link', 'color.text.link'],
  surface: ['color.surface', 'color.background'],
  raised: ['color.raised', 'color.surface-raised', 'color.surface.raised'],
  text: ['color.text', 'color.on-surface', 'color.text.default', 'color.text.primary', 'color.foreground'],
  mutedText: ['color.muted-text', 'color.text-muted', 'color.text.muted', 'color.text.secondary'],
  line: ['color.line', 'color.border', 'color.border.default', 'color.outline'],
  controlLine: ['color.control-line', 'color.border.strong', 'color.border.control'],
  good: ['color.good', 'color.success', 'color.positive'],
  warn: ['color.warn', 'color.warning'],
  bad: ['color.bad', 'color.danger', 'color.error', 'color.negative'],
  info: ['color.info'],
  focus: ['color.focus', 'color.focus-ring', 'color.border.focus'],
  shadow: ['color.shadow', 'shadow.color', 'shadow'],
  radius: ['radius', 'radius.base', 'radius.medium', 'border-radius', 'border-radius.base', 'border-radius.medium'],
  chipRadius: ['radius.chip', 'border-radius.chip', 'radius.full', 'border-radius.full'],
  unit: ['spacing.unit', 'space.unit', 'spacing.base', 'space.base'],
  controlHeight: ['size.control', 'size.control-height', 'control.height'],
  motion: ['duration', 'duration.base', 'duration.short', 'motion.duration'],
};

/**
 * The seeds that a file of tokens gives.
 *
 * @param refused - Told by name which token is amiss and why; the others count.
 */
export const readDesignTokens = (file: DesignTokens, refused: (why: string) => void): Seeds => {
  const tokens = new Map<string, Token>();
  const refuse = (name: string, why: string): void => refused(`Design token "${name}": ${why}`);
  collect(file, '', undefined, tokens, refuse);
  const read: Partial<Record<SeedName, string>> = {};
  for (const seed of Object.keys(tokenNames) as SeedName[]) {
    const name = nameFor(seed, [...tokens.keys()]);
    if (name === undefined) continue;
    try {
      read[seed] = valueOf(seed, resolve(name, tokens));
    } catch (error) {
      refuse(name, (error as Error).message);
    }
  }
  return read;
};

/** Walks the groups; what is no group and no token is told and passed over. */
const collect = (
  group: DesignTokens,
  path: string,
  inherited: string | undefined,
  tokens: Map<string, Token>,
  refuse: (name: string, why: string) => void,
): void => {
  const type = typeof group['$type'] === 'string' ? group['$type'] : inherited;
  for (const way of ['$ref', '$extends']) if (way in group) refuse(path, `"${way}" is not supported.`);
  for (const [key, one] of Object.entries(group)) {
    if (key.startsWith('$') && key !== '$root') continue;
    const name = key === '$root' ? path : path ? `${path}.${key}` : key;
    if (!isObject(one)) refuse(name, 'it is neither a group nor a token with a "$value".');
    else if ('$value' in one) tokens.set(name, { value: one['$value'], type: typeOf(one) ?? type });
    else collect(one, name, type, tokens, refuse);
  }
};

const typeOf = (token: DesignTokens): string | undefined =>
  typeof token['$type'] === 'string' ? token['$type'] : undefined;

/** The token with the best name; among equally good ones that with the fewest groups before it. */
const nameFor = (seed: SeedName, given: readonly string[]): string | undefined => {
  for (const wanted of tokenNames[seed]) {
    const parts = spelling(wanted);
    const [best] = given
      .filter((name) => spelling(name) === parts || spelling(name).endsWith(`.${parts}`))
      .toSorted((a, b) => a.length - b.length);
    if (best !== undefined) return best;
  }
  return undefined;
};

/** `Color.onAccent`, `color.on_accent` and `color.on-accent` are the same. */
const spelling = (name: string): string =>
  name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1-$2')
    .replaceAll(/[\s_]/g, '-')
    .toLowerCase();

/** @throws {Error} When an alias leads nowhere or in a circle. */
const resolve = (name: string, tokens: ReadonlyMap<string, Token>, seen: readonly string[] = []): Token => {
  if (seen.includes(name)) throw new Error(`its alias leads in a circle: ${[...seen, name].join(' → ')}.`);
  const token = tokens.get(name);
  if (!token) throw new Error(`its alias {${name}} is no token.`);
  const alias = typeof token.value === 'string' ? /^\{(.+)\}$/.exec(token.value)?.[1] : undefined;
  if (alias === undefined) return { ...token, value: resolveInside(token.value, tokens, [...seen, name]) };
  const target = resolve(alias, tokens, [...seen, name]);
  return { value: target.value, type: token.type ?? target.type };
};

/** Aliases inside of lists and composite values. */
const resolveInside = (value: unknown, tokens: ReadonlyMap<string, Token>, seen: readonly string[]): unknown => {
  if (Array.isArray(value)) return value.map((one) => resolveInside(one, tokens, seen));
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolveInside(one, tokens, seen)]));
  const alias = typeof value === 'string' ? /^\{(.+)\}$/.exec(value)?.[1] : undefined;
  return alias === undefined ? value : resolve(alias, tokens, seen).value;
};

const valueOf = (seed: SeedName, { value, type }: Token): string => {
  const css = cssOf(value, type);
  if (!CSS.supports(seeds[seed], css)) throw new Error(`"${css}" cannot be the ${seed} of the appearance.`);
  return css;
};

export const isObject = (value: unknown): value is DesignTokens =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
