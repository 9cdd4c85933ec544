/** How defining a tag ended: ours now, ours already, or somebody else's. */
export type Defined = 'defined' | 'reused' | 'conflict';

export type ElementClass = (new () => HTMLElement) & {
  readonly element: string;
  readonly prefix: string;
  /** Parts that a page may style, with spaces between. */
  readonly parts?: string;
};

/** Marks our classes across copies of this library on one page. */
export const elementBrand = Symbol.for('tessera.element');

/**
 * Registers an element under a tag; never throws.
 *
 * A class can be registered once per registry, so each tag gets a class of its own.
 *
 * @param prefix - Of tokens, events and the instance.
 */
export const defineElement = (
  Class: ElementClass,
  tag: string,
  registry: CustomElementRegistry,
  prefix: string,
): Defined => {
  const existing = registry.get(tag) as { readonly [elementBrand]?: string } | undefined;
  if (existing) return existing[elementBrand] === Class.element ? 'reused' : 'conflict';
  try {
    registry.define(
      tag,
      class extends Class {
        static override readonly prefix = prefix;
      } as unknown as CustomElementConstructor,
    );
    return 'defined';
  } catch {
    return 'conflict';
  }
};
