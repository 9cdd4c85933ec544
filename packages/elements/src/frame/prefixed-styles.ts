import { unsafeCSS, type CSSResultOrNative } from 'lit';

const made = new Map<string, Map<CSSResultOrNative, CSSResultOrNative>>();

/**
 * The same styles with the public tokens of a prefix: `--crm-accent` becomes `--acme-accent`.
 *
 * Safe as CSS, because the text is our own and the prefix is one of a tag that the browser accepted.
 */
export const prefixedStyles = (styles: readonly CSSResultOrNative[], prefix: string): CSSResultOrNative[] => {
  let kept = made.get(prefix);
  if (!kept) made.set(prefix, (kept = new Map()));
  return styles.map((one) => {
    let own = kept.get(one);
    if (!own)
      kept.set(one, (own = 'cssText' in one ? unsafeCSS(one.cssText.replaceAll('--crm-', `--${prefix}-`)) : one));
    return own;
  });
};
