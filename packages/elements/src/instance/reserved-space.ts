import { reserveRules } from './reserved-heights.ts';

/**
 * Keeps room on the page for elements whose code is not there yet, so that nothing jumps when they come.
 *
 * @returns How to give it up.
 */
export const reserveSpace = (prefix: string): (() => void) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(reserveRules(prefix).join('\n'));
  document.adoptedStyleSheets.push(sheet);
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  };
};
