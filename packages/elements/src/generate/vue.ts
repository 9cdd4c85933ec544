import {
  attributeType,
  doc,
  heading,
  importEvents,
  importTypes,
  listenerMembers,
  settable,
  type Generator,
} from './code.ts';
import type { Names } from './names.ts';
import type { PublicElement } from './read-manifest.ts';

/** The tags in templates of Vue 3: `vue.d.ts`. */
export const vue: Generator = (elements, names) => ({
  'vue.d.ts': [
    heading(),
    importTypes(elements, 'Properties'),
    "import type { HTMLAttributes, PublicProps } from 'vue';\n",
    importEvents(names),
    '\ntype Tag<P> = new () => { $props: P & Omit<HTMLAttributes, keyof P> & PublicProps };\n',
    ...elements.map((element) => propsOf(element, names)),
    "\ndeclare module 'vue' {\n  interface GlobalComponents {\n",
    ...elements.map(
      ({ element, description }) =>
        `${doc(description, '    ')}    '${names.tag(element)}': Tag<${names.component(element)}Props>;\n`,
    ),
    '  }\n}\n',
  ].join(''),
});

const propsOf = (element: PublicElement, names: Names): string => {
  const properties = settable(element).map(
    (one) => `${doc(one.description, '  ')}  ${one.name}?: ${attributeType(element, one)};\n`,
  );
  const listeners = listenerMembers(element, names, names.handler, '  ');
  return `\nexport interface ${names.component(element.element)}Props {\n${properties.join('')}${listeners}}\n`;
};
