import { defineElement, type ElementClass } from '../frame/define.ts';
import { startFormats } from '../frame/locale.ts';

const tags = new Map<string, string>();

/**
 * The tag under which an element lives in its shell: always in the registry of the page, and the first that is free, as
 * other copies of this library have theirs.
 */
export const insideTag = (Element: ElementClass, prefix: string): string => {
  const wanted = `${prefix}-${Element.element}-inside`;
  let tag = tags.get(wanted);
  if (tag === undefined) {
    tag = wanted;
    for (let copy = 2; customElements.get(tag); copy++) tag = `${wanted}-${copy}`;
    defineElement(Element, tag, customElements, prefix);
    startFormats();
    tags.set(wanted, tag);
  }
  return tag;
};
