// What Lit's own css-tag.js does, for bundles: less its ways around browsers that cannot adopt style sheets, all of
// which are older than those we support.

/** Text of a style sheet, made one when it is first adopted. */
export class CSSResult {
  readonly cssText: string;
  #sheet: CSSStyleSheet | undefined;

  constructor(cssText: string) {
    this.cssText = cssText;
  }

  get styleSheet(): CSSStyleSheet {
    if (!this.#sheet) {
      this.#sheet = new CSSStyleSheet();
      this.#sheet.replaceSync(this.cssText);
    }
    return this.#sheet;
  }

  toString(): string {
    return this.cssText;
  }
}

type Style = CSSResult | CSSStyleSheet;

export const supportsAdoptingStyleSheets = true;

export const unsafeCSS = (text: unknown): CSSResult => new CSSResult(String(text));

/** That only sheets and numbers are put into sheets, the types say. */
export const css = (strings: TemplateStringsArray, ...values: readonly (CSSResult | number)[]): CSSResult =>
  new CSSResult(String.raw({ raw: strings }, ...values));

export const adoptStyles = (root: ShadowRoot, styles: readonly Style[]): void => {
  root.adoptedStyleSheets = styles.map((style) => (style instanceof CSSStyleSheet ? style : style.styleSheet));
};

export const getCompatibleStyle = (style: Style): Style => style;
