import type { ElementClass } from '../frame/define.ts';
import { inShelter, type Shelter } from '../frame/shelter.ts';
import { whenIdle } from '../data/when-idle.ts';
import { copyAttribute, forwardSlots } from './forward-content.ts';
import { insideTag } from './inside-tag.ts';

/** What a shell has for its element. */
export interface Household extends Shelter {
  readonly prefix: string;
  /** Properties that were set before the code came; those that can only be read are the element's own. */
  readonly given: Readonly<Record<string, unknown>>;
  /** What the form said, by the name of its callback. */
  readonly said: ReadonlyMap<string, readonly unknown[]>;
}

/** An element in its shell, whose names are those of its plan. */
export type Inside = HTMLElement & Readonly<Record<string, ((...given: readonly unknown[]) => unknown) | undefined>>;

/**
 * Makes the element of a shell, with all that the page has said to the shell so far and says from now on.
 *
 * @throws When its constructor does.
 */
export const moveIn = (Element: ElementClass, { outer, internals, prefix, given, said }: Household): Inside => {
  const tag = insideTag(Element, prefix);
  const inside = inShelter({ outer, internals }, () => document.createElement(tag)) as Inside;
  // Browsers make an element that knows nothing where a constructor throws
  if (!(inside.constructor as unknown as Partial<ElementClass>).element)
    throw new TypeError(`<${tag}> cannot be made.`);
  inside.setAttribute('exportparts', (Element.parts ?? '').replaceAll(' ', ','));
  for (const name of outer.getAttributeNames()) copyAttribute(outer, inside, name);
  // After the attributes, because pages write those first
  for (const [name, value] of Object.entries(given)) Reflect.set(inside, name, value);
  for (const [callback, facts] of said) inside[callback]?.(...facts);
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
