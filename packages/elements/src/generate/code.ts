import type { Names } from './names.ts';
import type { PublicElement, PublicProperty } from './read-manifest.ts';

/** What a generator gives: file names with their text. */
export type Files = Readonly<Record<string, string>>;

export type Generator = (elements: readonly PublicElement[], names: Names) => Files;

/** The first lines of every generated file. */
export const heading = (comment: 'slashes' | 'hash' = 'slashes'): string =>
  `${comment === 'slashes' ? '//' : '#'} Written by \`tessera-elements\` from custom-elements.json; what is changed here is lost.\n`;

/** A doc comment, or nothing without words. */
export const doc = (text: string, indent = ''): string => {
  const lines = text.replaceAll('*/', '*\\/').split('\n');
  if (text === '') return '';
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} *${line && ` ${line}`}\n`).join('')}${indent} */\n`;
};

/** A property name of an object type: quoted where it has to be. */
export const key = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`);

/** What pages can set. */
export const settable = ({ properties }: PublicElement): readonly PublicProperty[] =>
  properties.filter(({ isReadonly }) => !isReadonly);

export const isBoolean = ({ type }: { readonly type: string }): boolean => type === 'boolean';

export const isNumber = ({ type }: { readonly type: string }): boolean => type === 'number';

/** The values of a union of words: `'eager' | 'visible' | undefined` has two; other types have none. */
export const choicesOf = (type: string): readonly string[] => {
  const parts = type.split(' | ').filter((part) => part !== 'undefined' && part !== 'null');
  return parts.every((part) => /^'[^']*'$/.test(part)) ? parts.map((part) => part.slice(1, -1)) : [];
};

/** The type that a property's attribute has in markup, where `search` alone is true and `"3"` is a number. */
export const attributeType = (element: PublicElement, property: PublicProperty): string => {
  const own = `${element.className}Properties['${property.name}']`;
  if (isBoolean(property)) return `${own} | ''`;
  return isNumber(property) ? `${own} | \`\${number}\`` : own;
};

/** Members of an object type for the attributes that have a name of their own, `heading-level`. */
export const attributeMembers = (element: PublicElement, indent: string): string =>
  settable(element)
    .filter(({ name, attribute }) => attribute !== undefined && attribute !== name)
    .map((one) => `${doc(one.description, indent)}${indent}${key(one.attribute!)}?: ${attributeType(element, one)};\n`)
    .join('');

/** Index signatures for attributes whose name has a part that is free: `*-hint`. */
export const openAttributes = ({ attributes }: PublicElement, indent: string): string =>
  attributes
    .filter(({ name }) => name.includes('*'))
    .map(({ name, type }) => `${indent}[name: \`${name.replace('*', '${string}')}\`]: ${type};\n`)
    .join('');

/** Members of an object type for listeners. */
export const listenerMembers = (
  { events }: PublicElement,
  names: Names,
  nameOf: (event: string) => string,
  indent: string,
): string =>
  events
    .map(
      ({ name, description }) =>
        `${doc(description, indent)}${indent}${key(nameOf(name))}?: ((event: ${names.Prefix}EventMap['${names.event(name)}']) => void) | undefined;\n`,
    )
    .join('');

/** Types that a file needs of the package, in one import. */
export const importTypes = (elements: readonly PublicElement[], ...endings: readonly string[]): string =>
  `import type {\n${elements
    .flatMap(({ className }) => endings.map((ending) => `  ${className}${ending},\n`))
    .join('')}} from '@tessera-crm/elements';\n`;

export const importEvents = ({ Prefix }: Names): string => `import type { ${Prefix}EventMap } from './dom.js';\n`;
