import { unsafeCSS, type CSSResultOrNative } from 'lit';

const made = new Map<string, CSSResultOrNative>();

/**
 * The same styles with the public tokens of a prefix: `--crm-accent` becomes `--acme-accent`.
 *
 * Safe as CSS, because the text is our own and the prefix is one of a tag that the browser accepted.
 */
export const prefixedStyles = (styles: readonly CSSResultOrNative[], prefix: string): CSSResultOrNative[] =>
  styles.map((one) => {
    if (!('cssText' in one)) return one;
    const text = one.cssText.replaceAll('--crm-', `--${prefix}-`);
    if (text === one.cssText) return one;
    const own = made.get(text) ?? unsafeCSS(text);
    made.set(text, own);
    return own;
  });
