import { key } from '@tessera-crm/elements/generate/code.js';
import type { PublicElement } from '@tessera-crm/elements/generate/read-manifest.js';

/** Gives its children an instance as soon as they ask, and is therefore no shell. */
const withoutShell = 'provider';

/** What shells answer from what browsers know of a form's control. */
const native = /^(form|labels|validity|validationMessage|willValidate|checkValidity|reportValidity)$/;

const namesOf = (list: readonly { readonly name: string }[]): string => list.map(({ name }) => name).join(' ');

const rowOf = ({ element, properties, methods, formAssociated }: PublicElement): readonly string[] => [
  `  ${key(element)}: {`,
  `    set: '${namesOf(properties.filter(({ isReadonly }) => !isReadonly))}',`,
  `    get: '${namesOf(properties.filter(({ name, isReadonly }) => isReadonly && !native.test(name)))}',`,
  `    call: '${namesOf(methods.filter(({ name }) => !native.test(name)))}',`,
  ...(formAssociated ? ['    isForm: true,'] : []),
  '  },',
];

const hasShell = ({ element }: PublicElement): boolean => element !== withoutShell;

/** What a shell lets through of the parts of its element; it comes with the element's code. */
export const shellParts = (elements: readonly PublicElement[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    elements
      .filter(hasShell)
      .map(({ module, parts }) => [
        `src/${module.replace(/\.js$/, '.parts.ts')}`,
        `// Written by \`npm run generate\` from custom-elements.json.\nexport const parts =\n  '${namesOf(parts)}';\n`,
      ]),
  );

/** The text of shell-table.ts: what every public tag has before its code is there. */
export const shellTable = (elements: readonly PublicElement[]): string =>
  [
    '// Written by `npm run generate` from custom-elements.json.',
    "import type { ShellPlan } from './shell-names.ts';",
    '',
    'export const shellTable = {',
    ...elements.filter(hasShell).flatMap(rowOf),
    '} as const satisfies Readonly<Record<string, ShellPlan>>;',
    '',
  ].join('\n');
