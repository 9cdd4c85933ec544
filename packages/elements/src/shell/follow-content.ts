import { sparePresses } from './spare-presses.ts';
import { copyAttribute, forwardSlots } from './forward-content.ts';

/**
 * Keeps a shell and the element inside alike, for as long as both live: attributes, and which slots are filled. What
 * an element reflects is to be seen, and found by forms, on the element that the page knows; what is pressed inside is
 * not pressed for the page to move it.
 */
export const followContent = (outer: HTMLElement, inside: HTMLElement): void => {
  follow(outer, inside);
  follow(inside, outer);
  sparePresses(outer);
  const slots = (): void => forwardSlots(outer, inside);
  slots();
  new MutationObserver(slots).observe(outer, { childList: true, subtree: true, attributeFilter: ['slot'] });
};

const follow = (from: HTMLElement, to: HTMLElement): void => {
  // What changed before this code was here
  for (const name of from.getAttributeNames()) copyAttribute(from, to, name);
  const observer = new MutationObserver((changes) => {
    for (const { attributeName } of changes) if (attributeName) copyAttribute(from, to, attributeName);
  });
  observer.observe(from, { attributes: true });
};
