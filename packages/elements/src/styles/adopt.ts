import type { CSSResult } from 'lit';

/** Adds styles that came later than the element they are for; each once, however often it is called. */
export const adopt = (root: Node, ...styles: readonly CSSResult[]): void => {
  if (!(root instanceof ShadowRoot)) return;
  for (const { styleSheet } of styles)
    if (styleSheet && !root.adoptedStyleSheets.includes(styleSheet)) root.adoptedStyleSheets.push(styleSheet);
};
