import {
  attributeMembers,
  doc,
  heading,
  importEvents,
  importTypes,
  listenerMembers,
  openAttributes,
  type Generator,
} from './code.ts';
import type { Names } from './names.ts';
import type { PublicElement } from './read-manifest.ts';

/** Attributes and listeners of a tag in JSX, beside its properties. */
export const jsxMembers = (element: PublicElement, names: Names, indent: string): string =>
  attributeMembers(element, indent) +
  openAttributes(element, indent) +
  listenerMembers(element, names, (name) => `on${names.event(name)}`, indent);

/** The plain tags for JSX other than React's: `jsx.d.ts`. */
export const jsx: Generator = (elements, names) => {
  const { Prefix } = names;
  const members = elements.map((element) => {
    const { className, description } = element;
    const own = `{\n${jsxMembers(element, names, '    ')}  }`;
    return `${doc(description, '  ')}  '${names.tag(element.element)}': Tag<${className}Element> & ${className}Properties & ${own};\n`;
  });
  return {
    'jsx.d.ts': [
      heading(),
      importTypes(elements, 'Element', 'Properties'),
      importEvents(names),
      `\n/**\n * The tags in JSX. A library takes them where it declares its own, Preact for one:\n *\n`,
      ` *     declare module 'preact' {\n *       namespace JSX {\n`,
      ` *         interface IntrinsicElements extends ${Prefix}IntrinsicElements {}\n *       }\n *     }\n */\n`,
      `export interface ${Prefix}IntrinsicElements {\n${members.join('')}}\n`,
      tagType,
    ].join(''),
  };
};

const tagType = `
interface Tag<E extends HTMLElement> {
  children?: unknown;
  class?: string | undefined;
  dir?: string | undefined;
  hidden?: boolean | undefined;
  id?: string | undefined;
  key?: string | number | undefined;
  lang?: string | undefined;
  ref?: ((element: E | null) => void) | { current: E | null } | undefined;
  slot?: string | undefined;
  style?: unknown;
  title?: string | undefined;
}
`;
