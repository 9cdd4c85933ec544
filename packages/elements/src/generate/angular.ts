import { doc, heading, importTypes, isBoolean, isNumber, settable, type Generator } from './code.ts';
import type { Names } from './names.ts';
import type { PublicElement, PublicProperty } from './read-manifest.ts';

/** Directives whose inputs are the elements' properties, as a source file for an Angular application: `angular.ts`. */
export const angular: Generator = (elements, names) => ({
  'angular.ts': [
    heading(),
    "import { Directive, ElementRef, Input, inject } from '@angular/core';\n",
    importTypes(elements, 'Element'),
    "import type {} from './dom.js';\n",
    conversions,
    ...elements.map((element) => directiveOf(element, names)),
    `\n/** For the \`imports\` of a component. */\nexport const ${names.prefix}Elements = [\n`,
    ...elements.map(({ element }) => `  ${names.component(element)},\n`),
    '] as const;\n',
  ].join(''),
});

/** Attributes without a value, and with a number in them, as templates have them. */
const conversions = `
const toBoolean = (value: boolean | '' | undefined): boolean => value === '' || value === true;
const toNumber = (value: number | \`\${number}\` | undefined): number | undefined =>
  value === undefined ? undefined : Number(value);
`;

const directiveOf = (element: PublicElement, names: Names): string => {
  const inputs = settable(element).map((one) => inputOf(element, one));
  return [
    `\n${doc(element.description)}@Directive({ selector: '${names.tag(element.element)}' })\n`,
    `export class ${names.component(element.element)} {\n`,
    `  readonly element = inject<ElementRef<${element.className}Element>>(ElementRef).nativeElement;\n`,
    ...inputs,
    '}\n',
  ].join('');
};

const inputOf = ({ className }: PublicElement, property: PublicProperty): string => {
  const { name, description, default: start } = property;
  const converter = isBoolean(property) ? 'toBoolean' : isNumber(property) ? 'toNumber' : undefined;
  const type = `${className}Element['${name}']${isNumber(property) || start !== undefined ? ' | undefined' : ''}`;
  return [
    `\n${doc(description, '  ')}  @Input(${converter ? `{ transform: ${converter} }` : ''})\n`,
    `  set ${name}(value: ${type}) {\n`,
    `    this.element.${name} = value${start === undefined ? '' : ` ?? ${start}`};\n  }\n`,
  ].join('');
};
