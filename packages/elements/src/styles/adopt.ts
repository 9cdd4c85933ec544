import type { CSSResult } from 'lit';
import { prefixedStyles } from '../frame/prefixed-styles.ts';

/** Adds styles that came later than the element they are for; each once, however often it is called. */
export const adopt = (root: Node, ...styles: readonly CSSResult[]): void => {
  if (!(root instanceof ShadowRoot)) return;
  const { prefix = 'crm' } = root.host.constructor as { readonly prefix?: string };
  for (const style of prefixedStyles(styles, prefix)) {
    const sheet = 'cssText' in style ? style.styleSheet : style;
    if (sheet && !root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
  }
};
