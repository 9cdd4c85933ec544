import type { ElementClass } from '../frame/define.ts';
import { inShelter, type Shelter } from '../frame/shelter.ts';
import { whenIdle } from '../data/when-idle.ts';
import { copyAttribute, forwardSlots } from './forward-content.ts';
import { insideTag } from './inside-tag.ts';

/** What a shell has for its element. */
export interface Household extends Shelter {
  readonly prefix: string;
  /** Properties that were set before the code came. */
  readonly given: ReadonlyMap<string, unknown>;
}

/**
 * Makes the element of a shell, with all that the page has said to the shell so far and says from now on.
 *
 * @throws When its constructor does.
 */
export const moveIn = (Element: ElementClass, { outer, internals, prefix, given }: Household): HTMLElement => {
  const tag = insideTag(Element, prefix);
  const inside = inShelter({ outer, internals }, () => document.createElement(tag));
  // Browsers make an element that knows nothing where a constructor throws
  if (!(inside.constructor as Partial<ElementClass>).element) throw new TypeError(`<${tag}> cannot be made.`);
  inside.setAttribute('exportparts', (Element.parts ?? '').replaceAll(' ', ','));
  for (const name of outer.getAttributeNames()) copyAttribute(outer, inside, name);
  // After the attributes, because pages write those first
  for (const [name, value] of given) Reflect.set(inside, name, value);
  forwardSlots(outer, inside);
  // Pages change what they wrote later than this; without the code it stays as it was
  whenIdle(
    () =>
      void import('./follow-content.ts').then(
        ({ followContent }) => followContent(outer, inside),
        () => {},
      ),
  );
  return inside;
};
