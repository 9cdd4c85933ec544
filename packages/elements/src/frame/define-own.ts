import { defineElement, type Defined, type ElementClass } from './define.ts';

/**
 * Registers an element without an instance, under a tag of one's choice or its own.
 *
 * Its prefix is that of the tag: `acme` of `acme-contact-card`; `crm` where the tag is entirely the page's own.
 */
export const defineOwn = (
  Class: ElementClass,
  tag = `${Class.prefix}-${Class.element}`,
  registry: CustomElementRegistry,
): Defined => {
  const end = `-${Class.element}`;
  return defineElement(Class, tag, registry, tag.endsWith(end) ? tag.slice(0, -end.length) : 'crm');
};
