import { shadowOf } from './inside-of.ts';

/** Waits until an element, or the one inside of a shell, shows something: words of other languages and definitions arrive a moment later. */
export const shown = async <T extends Element = HTMLElement>(element: Element, selector: string): Promise<T> => {
  for (let frame = 0; frame < 600; frame++) {
    const found = shadowOf(element)?.querySelector<T>(selector);
    if (found) return found;
    await new Promise(requestAnimationFrame);
  }
  throw new Error(`${element.localName} never showed ${selector}`);
};
