import type { CSSResult } from 'lit';

/** Adds styles that came later than the element they are for; once, however often it is called. */
export const adopt = (root: Node, { styleSheet }: CSSResult): void => {
  if (!(root instanceof ShadowRoot) || !styleSheet || root.adoptedStyleSheets.includes(styleSheet)) return;
  root.adoptedStyleSheets.push(styleSheet);
};
