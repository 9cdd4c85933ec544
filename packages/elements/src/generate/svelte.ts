import { attributeType, doc, heading, importEvents, importTypes, key, settable, type Generator } from './code.ts';
import { jsxMembers } from './jsx.ts';
import type { Names } from './names.ts';
import type { PublicElement } from './read-manifest.ts';

/** The tags in Svelte 5: `svelte.d.ts`. */
export const svelte: Generator = (elements, names) => ({
  'svelte.d.ts': [
    heading(),
    importTypes(elements, 'Element', 'Properties'),
    "import type { HTMLAttributes } from 'svelte/elements';\n",
    importEvents(names),
    '\ntype Tag<E extends HTMLElement, P> = P & Omit<HTMLAttributes<E>, keyof P>;\n',
    ...elements.map((element) => attributesOf(element, names)),
    "\ndeclare module 'svelte/elements' {\n  interface SvelteHTMLElements {\n",
    ...elements.map(
      ({ element, className, description }) =>
        `${doc(description, '    ')}    '${names.tag(element)}': Tag<${className}Element, ${names.component(element)}Attributes>;\n`,
    ),
    '  }\n}\n',
  ].join(''),
});

const attributesOf = (element: PublicElement, names: Names): string => {
  const properties = settable(element).map(
    (one) => `${doc(one.description, '  ')}  ${key(one.name)}?: ${attributeType(element, one)};\n`,
  );
  return `\nexport interface ${names.component(element.element)}Attributes {\n${properties.join('')}${jsxMembers(element, names, '  ')}}\n`;
};
