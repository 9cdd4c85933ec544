import { above } from '../frame/above.ts';

/** What is moved by the mouse, as jQuery UI marks it. */
const movables = '.ui-draggable,.ui-sortable,.ui-selectable';

/** What a press is meant for: controls, and what our own elements let one drag. */
const controls = 'a,button,input,select,textarea,[contenteditable],[draggable]';

/**
 * Keeps presses on controls from those who would move the whole element by them. jQuery UI spares controls, but sees
 * only the element around ours, and prevents that they get the focus, open and let text be selected.
 */
export const sparePresses = (element: Element): void =>
  element.addEventListener('mousedown', (event) => {
    const path = event.composedPath();
    const inside = path.slice(0, path.indexOf(element));
    const isMeant = inside.some((one) => one instanceof Element && one.matches(controls));
    if (isMeant && above(element).some((one) => one.matches(movables))) event.stopPropagation();
  });
