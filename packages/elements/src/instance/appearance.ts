import { CrmError } from '@tessera-crm/model/errors.js';
import type { Scheme } from './colors.ts';
import { guardContrast, type Correction } from './contrast-guard.ts';
import type { DesignTokens } from './design-tokens.ts';
import type { PageLook } from './page-look.ts';
import { readSeeds, seedNames, seedProperty, seeds as table, type AppearanceVariables, type Seeds } from './seeds.ts';

export type { AppearanceVariables, DesignTokens };

/** Named looks. */
export const themes = ['auto', 'light', 'dark', 'contrast', 'inherit'] as const;

export type Theme = (typeof themes)[number];

export interface Appearance {
  /**
   * `light` and `dark` are fixed, `auto` is as the person's system, `contrast` is as light or dark as the page with
   * stronger colours, `inherit` takes font, colours and accent of the page. Without one, elements are as light or dark
   * as the page's `color-scheme`.
   */
  readonly theme?: Theme;
  /** Outweigh tokens and theme. */
  readonly variables?: AppearanceVariables;
  /** A file of W3C design tokens (DTCG), read. */
  readonly tokens?: DesignTokens;
}

/** Where a look is put: the whole page, or a provider's part of it. */
export interface Place {
  readonly prefix: string;
  /** What holds the style sheet. */
  readonly root: DocumentOrShadowRoot;
  /** The selector of whoever hands the custom properties down. */
  readonly selector: string;
  /** That one. */
  readonly element: Element;
  /** Told what of the page's wishes could not be followed. */
  report(error: CrmError): void;
}

/** The whole page as a place. */
export const page = (prefix: string, report: Place['report']): Place => ({
  prefix,
  report,
  root: document,
  selector: ':where(:root)',
  element: document.documentElement,
});

const schemes: Readonly<Record<Theme, readonly Scheme[]>> = {
  auto: ['light', 'dark'],
  light: ['light'],
  dark: ['dark'],
  contrast: ['light', 'dark'],
  inherit: ['light', 'dark'],
};

/** The preset `contrast`. */
const strong: Seeds = {
  accent: 'light-dark(#1b2a9c, #c3caff)',
  surface: 'light-dark(#fff, #000)',
  raised: 'light-dark(#fff, #0d0d0d)',
  text: 'light-dark(#000, #fff)',
  mutedText: 'light-dark(#2e2e2e, #e0e0e0)',
  line: 'light-dark(#6e6e6e, #9a9a9a)',
  controlLine: 'light-dark(#000, #fff)',
};

/** What a page wants contrast of: 4.5 for text, 7 where it asked for more. @see WCAG 2.2, AA and AAA */
const leastContrast = (theme: Theme | undefined): number => (theme === 'contrast' ? 7 : 4.5);

/** The look of an instance: one constructed style sheet, whose rules any rule of the page outweighs. */
export class Look {
  readonly #place: Place;
  readonly #told = new Set<string>();
  #sheet: CSSStyleSheet | undefined;
  #wanted: Appearance | undefined;
  #unfollow: (() => void) | undefined;

  constructor(place: Place) {
    this.#place = place;
  }

  /** @returns When it is there: at once, unless the page has to be read first or tokens have. */
  show(appearance: Appearance): Promise<void> | void {
    this.#forget();
    this.#wanted = appearance;
    const { theme } = appearance;
    if (theme !== undefined && !themes.includes(theme)) this.#tell(`"${String(theme)}" is no theme of the appearance.`);
    if (appearance.theme === 'inherit' || appearance.tokens) return this.#showLate(appearance);
    this.#put(appearance, appearance.theme === 'contrast' ? strong : {});
  }

  remove(): void {
    this.#forget();
    const { root } = this.#place;
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((one) => one !== this.#sheet);
    this.#sheet = undefined;
  }

  #forget(): void {
    this.#unfollow?.();
    this.#unfollow = this.#wanted = undefined;
  }

  async #showLate(appearance: Appearance): Promise<void> {
    const { theme, tokens } = appearance;
    try {
      const [reader, page] = await Promise.all([
        tokens && import('./design-tokens.ts'),
        theme === 'inherit' ? import('./page-look.ts') : undefined,
      ]);
      if (this.#wanted !== appearance) return;
      const read = reader?.readDesignTokens(tokens!, (why) => this.#tell(why)) ?? {};
      const put = (look?: PageLook): void =>
        this.#put(appearance, { ...(theme === 'contrast' && strong), ...look?.seeds, ...read }, look?.scheme);
      if (page) this.#unfollow = page.followPageLook(this.#place.element, put);
      else put();
    } catch (cause) {
      this.#place.report(new CrmError('load-failed', 'The code of the appearance', {}, cause));
    }
  }

  /** @param scheme - As light or dark as the page was found to be. */
  #put({ theme, variables = {} }: Appearance, others: Seeds, scheme?: Scheme): void {
    const { prefix } = this.#place;
    const seeds = { ...others, ...readSeeds(variables, (why) => this.#tell(why)) };
    const style = this.#emptyRule();
    const shown = scheme ?? (theme === 'auto' ? 'light dark' : theme);
    if (shown && CSS.supports('color-scheme', shown) && theme !== 'contrast')
      style.setProperty(`--${prefix}-color-scheme`, shown);
    // Through the CSSOM, so that a value cannot end the rule and begin another
    const set = (values: Seeds): void => {
      for (const name of seedNames) if (values[name]) style.setProperty(seedProperty(prefix, name), values[name]);
    };
    set(seeds);
    const found = guardContrast(
      this.#effective(),
      scheme ? [scheme] : (schemes[theme ?? 'auto'] ?? schemes.auto),
      leastContrast(theme),
    );
    set(found.seeds);
    for (const one of found.corrections) this.#tell(inWords(one));
    if (style.length === 0) this.#drop();
  }

  /** Made anew, so that nothing is left of the look before. */
  #emptyRule(): CSSStyleDeclaration {
    const { root, selector } = this.#place;
    const sheet = (this.#sheet ??= new CSSStyleSheet());
    sheet.replaceSync(`${selector} {}`);
    if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
    return (sheet.cssRules[0] as CSSStyleRule).style;
  }

  #drop(): void {
    const { root } = this.#place;
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((one) => one !== this.#sheet);
  }

  /** The colours as they hold: the page's own rules count, and what `var()` stood for is in its place. */
  #effective(): Seeds {
    const style = getComputedStyle(this.#place.element);
    const colors = seedNames.filter((name) => table[name] === 'color');
    const values = colors.map((name) => [name, style.getPropertyValue(seedProperty(this.#place.prefix, name)).trim()]);
    return Object.fromEntries(values.filter(([, value]) => value));
  }

  /** Once for each thing, however often the look changes. */
  #tell(why: string): void {
    if (this.#told.has(why)) return;
    this.#told.add(why);
    this.#place.report(new CrmError('config', why, { hint: 'See the chapter on theming.' }));
  }
}

const inWords = ({ name, scheme, from, to, contrast }: Correction): string =>
  `The ${name} ${from} cannot be read where it is ${scheme} (contrast ${contrast.toFixed(1)}): ${to} is shown instead.`;
