import { elementTable, type ElementName } from './element-table.ts';

/**
 * Calls back once for every element of a prefix that the page has or gets, outside of shadow roots.
 *
 * @returns How to stop.
 */
export const followTags = (prefix: string, found: (name: ElementName) => void): (() => void) => {
  const tags = Object.keys(elementTable).map((name) => `${prefix}-${name}`);
  const selector = tags.join();
  const told = new Set<string>();
  const look = ({ localName }: Element): void => {
    if (told.has(localName)) return;
    told.add(localName);
    found(localName.slice(prefix.length + 1) as ElementName);
    if (told.size === tags.length) observer.disconnect();
  };
  const lookInside = (element: Element): void => {
    if (element.matches(selector)) look(element);
    element.querySelectorAll(selector).forEach(look);
  };
  const observer = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) if (node instanceof Element) lookInside(node);
  });
  observer.observe(document, { childList: true, subtree: true });
  lookInside(document.documentElement);
  return () => observer.disconnect();
};
