import { doc, heading, importTypes, isBoolean, settable, type Generator } from './code.ts';
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

/** Attributes without a value, as templates have them; Angular wants a declared function. */
const conversions = `
function toBoolean(value: boolean | '' | undefined): boolean {
  return value === '' || value === true;
}
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
  const orUndefined = start === undefined || isBoolean(property) ? '' : ' | undefined';
  return [
    `\n${doc(description, '  ')}  @Input(${isBoolean(property) ? '{ transform: toBoolean }' : ''})\n`,
    `  set ${name}(value: ${className}Element['${name}']${orUndefined}) {\n`,
    `    this.element.${name} = value${orUndefined && ` ?? ${start}`};\n  }\n`,
  ].join('');
};
