import { elementTable, type ElementName } from './element-table.ts';

/**
 * Keeps room on the page for elements whose code is not there yet, so that nothing jumps when they come. Any rule of
 * the page outweighs it.
 *
 * @returns How to give it up.
 */
export const reserveSpace = (prefix: string): (() => void) => {
  const sheet = new CSSStyleSheet();
  for (const [name, { height }] of Object.entries(elementTable) as [ElementName, { height: number }][]) {
    const rule = height > 0 ? `{ display: block; min-block-size: ${height}px }` : '{ display: contents }';
    sheet.insertRule(`:where(${prefix}-${name}:not(:defined, [hidden])) ${rule}`);
  }
  document.adoptedStyleSheets.push(sheet);
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  };
};
