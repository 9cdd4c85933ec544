import { elementTable, isElementName, type ElementName } from './element-table.ts';

/**
 * Calls back once for every element of a prefix that the page has or gets, outside of shadow roots.
 *
 * @returns How to stop.
 */
export const followTags = (prefix: string, found: (name: ElementName) => void): (() => void) => {
  const told = new Set<string>();
  const total = Object.keys(elementTable).length;
  const look = (element: Element): void => {
    const name = element.localName.startsWith(`${prefix}-`) ? element.localName.slice(prefix.length + 1) : '';
    if (!isElementName(name) || told.has(name)) return;
    told.add(name);
    found(name);
    if (told.size === total) observer.disconnect();
  };
  const selector = Object.keys(elementTable)
    .map((name) => `${prefix}-${name}`)
    .join();
  const observer = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) if (node instanceof Element) lookInside(node);
  });
  const lookInside = (element: Element): void => {
    look(element);
    element.querySelectorAll(selector).forEach(look);
  };
  observer.observe(document, { childList: true, subtree: true });
  lookInside(document.documentElement);
  return () => observer.disconnect();
};
