import { doc, heading, settable, type Files } from './code.ts';
import type { PublicElement } from './read-manifest.ts';

/** What scripts see of the elements, whatever their prefix is: `elements.d.ts`, for the package itself. */
export const elementTypes = (elements: readonly PublicElement[]): Files => ({
  'elements.d.ts': [
    heading(),
    ...elements.map(
      ({ className, module }) => `import type { ${className} } from '@tessera-crm/elements/${module}';\n`,
    ),
    ...elements.flatMap((element) => [propertiesOf(element), interfaceOf(element)]),
  ].join(''),
});

const propertiesOf = (element: PublicElement): string => {
  const { className, tag } = element;
  const members = settable(element).map(
    ({ name, description }) => `${doc(description, '  ')}  ${name}?: ${className}['${name}'] | undefined;\n`,
  );
  return `\n/** What pages set on \`<${tag}>\`. */\nexport interface ${className}Properties {\n${members.join('')}}\n`;
};

const interfaceOf = ({ className, description, properties, methods }: PublicElement): string => {
  const members = [
    ...properties.map(
      ({ name, description: text, isReadonly }) =>
        `${doc(text, '  ')}  ${isReadonly ? 'readonly ' : ''}${name}: ${className}['${name}'];\n`,
    ),
    ...methods.map(({ name, description: text }) => `${doc(text, '  ')}  ${name}: ${className}['${name}'];\n`),
  ];
  return `\n${doc(description)}export interface ${className}Element extends HTMLElement {\n${members.join('')}}\n`;
};
