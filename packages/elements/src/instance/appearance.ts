/** The eight public tokens, as `--crm-accent` and so on. Plain CSS values. */
export interface AppearanceVariables {
  readonly font?: string;
  readonly fontSize?: string;
  readonly accent?: string;
  readonly onAccent?: string;
  readonly surface?: string;
  readonly text?: string;
  readonly radius?: string;
  readonly unit?: string;
}

export interface Appearance {
  /** `inherit` is as light or dark as the page, which is the rule; `auto` is as the person's system. */
  readonly theme?: 'inherit' | 'auto' | 'light' | 'dark';
  readonly variables?: AppearanceVariables;
}

const schemes = { inherit: null, auto: 'light dark', light: 'light', dark: 'dark' } as const;

const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The custom properties that an appearance sets: public tokens, and one of our own for light and dark. */
export const appearanceProperties = (
  { theme = 'inherit', variables = {} }: Appearance,
  prefix: string,
): readonly (readonly [name: string, value: string | null])[] => [
  [`--${prefix}-color-scheme`, schemes[theme]],
  ...Object.entries(variables).map(([name, value]) => [`--${prefix}-${kebab(name)}`, String(value)] as const),
];

/** What an instance puts on a page: one constructed style sheet, whose rules any rule of the page outweighs. */
export class AppearanceSheet {
  readonly #prefix: string;
  #sheet: CSSStyleSheet | undefined;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  show(appearance: Appearance): void {
    const properties = appearanceProperties(appearance, this.#prefix).filter(([, value]) => value !== null);
    if (properties.length === 0) return this.remove();
    const sheet = (this.#sheet ??= new CSSStyleSheet());
    sheet.replaceSync(':where(:root) {}');
    const { style } = sheet.cssRules[0] as CSSStyleRule;
    // Through the CSSOM, so that a value cannot end the rule and begin another
    for (const [name, value] of properties) style.setProperty(name, value);
    if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet);
  }

  remove(): void {
    const sheet = this.#sheet;
    if (!sheet) return;
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    this.#sheet = undefined;
  }
}
