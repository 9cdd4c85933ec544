/** Of the one element alone: handed on they would say something twice, or name two elements alike. */
const own = /^(class|id|style|slot|part|exportparts|hidden|tabindex|role|is|title|aria-.*|data-.*|on.*)$/;

export const copyAttribute = (from: Element, to: Element, name: string): void => {
  const value = from.getAttribute(name);
  if (own.test(name) || value === to.getAttribute(name)) return;
  if (value === null) to.removeAttribute(name);
  else to.setAttribute(name, value);
};

/**
 * Gives the element inside of a shell those slots in which the page put something: one that hands on nothing would hide
 * the element's own words.
 */
export const forwardSlots = (outer: Element, inside: Element): void => {
  const filled = new Set([...outer.childNodes].flatMap(slotOf));
  for (const slot of Array.from(inside.children)) if (!filled.delete(slot.slot)) slot.remove();
  for (const name of filled) {
    const slot = document.createElement('slot');
    slot.name = slot.slot = name;
    inside.append(slot);
  }
};

const slotOf = (node: ChildNode): readonly string[] => {
  if (node instanceof Element) return [node.slot];
  return node instanceof Text && node.data.trim() !== '' ? [''] : [];
};
