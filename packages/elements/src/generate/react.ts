import { doc, heading, importEvents, importTypes, key, listenerMembers, settable, type Generator } from './code.ts';
import { jsxMembers } from './jsx.ts';
import type { Names } from './names.ts';
import type { PublicElement } from './read-manifest.ts';

/** Components for React 19, and types for the plain tags: `react.js`, `react.d.ts`. */
export const react: Generator = (elements, names) => ({
  'react.js': [
    heading(),
    "import { reactElement } from '@tessera-crm/elements/frameworks/react-element.js';\n",
    ...elements.map((element) => codeOf(element, names)),
  ].join(''),
  'react.d.ts': [
    heading(),
    importTypes(elements, 'Element', 'Properties'),
    "import type { ReactElementComponent } from '@tessera-crm/elements/frameworks/react-element.js';\n",
    "import type { HTMLAttributes, Ref } from 'react';\n",
    importEvents(names),
    ...elements.map((element) => typesOf(element, names)),
    intrinsics(elements, names),
  ].join(''),
});

const codeOf = (element: PublicElement, names: Names): string => {
  const properties = settable(element).map(({ name, attribute, default: start }) => {
    const facts = [...(attribute ? [`attribute: '${attribute}'`] : []), ...(start ? [`start: ${start}`] : [])];
    return `    ${name}: {${facts.length > 0 ? ` ${facts.join(', ')} ` : ''}},\n`;
  });
  const events = element.events.map(({ name }) => `    ${names.handler(name)}: '${names.event(name)}',\n`);
  return [
    `\nexport const ${names.component(element.element)} = /* @__PURE__ */ reactElement('${names.tag(element.element)}', {\n`,
    `  properties: {\n${properties.join('')}  },\n`,
    `  events: {${events.length > 0 ? `\n${events.join('')}  ` : ''}},\n});\n`,
  ].join('');
};

const typesOf = (element: PublicElement, names: Names): string => {
  const { className, description } = element;
  const name = names.component(element.element);
  return [
    `\nexport interface ${name}Props extends ${className}Properties {\n`,
    listenerMembers(element, names, names.handler, '  '),
    '}\n',
    `\n${doc(description)}export declare const ${name}: ReactElementComponent<${className}Element, ${name}Props>;\n`,
  ].join('');
};

const intrinsics = (elements: readonly PublicElement[], names: Names): string => {
  const members = elements.map((element) => {
    const { className } = element;
    const own = `{\n${jsxMembers(element, names, '          ')}        }`;
    return `      ${key(names.tag(element.element))}: Tag<\n        ${className}Element,\n        ${className}Properties & ${own}\n      >;\n`;
  });
  return [
    '\ntype Tag<E extends HTMLElement, P> = P &\n  Omit<HTMLAttributes<E>, keyof P> & { class?: string; key?: string | number; ref?: Ref<E> };\n',
    "\ndeclare module 'react' {\n  namespace JSX {\n    interface IntrinsicElements {\n",
    ...members.map((member) => member.replaceAll(/^/gm, '  ').replace(/ +$/, '')),
    '    }\n  }\n}\n',
  ].join('');
};
