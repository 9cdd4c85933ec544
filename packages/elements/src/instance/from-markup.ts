import { kebab } from '../frame/kebab.ts';
import { namesIn } from '../shell/shell-names.ts';
import { shellTable } from '../shell/shell-table.ts';

/**
 * Puts elements where a page names them by an attribute, because a filter takes unknown tags away:
 * `<div data-crm="contact-card" data-record="…">`. What stands inside goes along; the place itself stays the page's.
 */
export const fillMarkup = (prefix: string): void => {
  for (const place of document.querySelectorAll<HTMLElement>(`[data-${prefix}]`)) {
    const name = place.getAttribute(`data-${prefix}`)!;
    if (Object.hasOwn(shellTable, name))
      fill(place, `${prefix}-${name}`, shellTable[name as keyof typeof shellTable].set);
  }
};

const fill = (place: HTMLElement, tag: string, properties: string): void => {
  if (place.querySelector(`:scope > ${tag}`)) return;
  const element = document.createElement(tag);
  // Those of the element alone: a filter that lets `data-` through may have kept `onclick` out
  for (const attribute of namesIn(properties).map(kebab)) {
    const value = place.getAttribute(`data-${attribute}`);
    if (value !== null) element.setAttribute(attribute, value);
  }
  element.append(...place.childNodes);
  place.append(element);
};
