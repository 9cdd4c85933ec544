// The public surface of packages/elements as one page, whose changes show in review.
import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Described, PublicElement } from '@tessera-crm/elements/generate/read-manifest.js';
import { exportsOf } from './exported.ts';

const introduction = `# The public surface of @tessera-crm/elements

Written by \`npm run generate\`; a test compares. Whoever changes a line of this page changes what pages rely on: removing
or changing one is a major version, adding one a minor version. \`crm\` stands for whatever prefix a page has.
`;

/** @param folder - That of the package, with a slash at its end. */
export const apiReport = async (elements: readonly PublicElement[], folder: string): Promise<string> =>
  [
    introduction,
    ...elements.map(sectionOf),
    '## Sentences\n',
    'The keys of `messages`, by which pages word things their own way.\n',
    ...(await messageKeys(folder)),
    '\n## Exports of the package\n',
    '```ts',
    exportsOf(join(folder, 'src/index.ts')).join('\n'),
    '```\n',
  ].join('\n');

const sectionOf = (element: PublicElement): string =>
  [
    `## \`<${element.tag}>\`\n`,
    ...(element.formAssociated ? ['- form-associated'] : []),
    ...element.properties.map(({ name, type, attribute, default: start, isReadonly, isReflected }) => {
      const notes = [
        ...(attribute === undefined ? [] : [`attribute \`${attribute}\`${isReflected ? ', reflected' : ''}`]),
        ...(start === undefined ? [] : [`\`${start}\` unless given`]),
        ...(isReadonly ? ['read only'] : []),
      ];
      return `- property \`${name}: ${type}\`${notes.map((note) => `, ${note}`).join('')}`;
    }),
    ...element.attributes
      .filter(({ property }) => property === undefined)
      .map(({ name, type }) => `- attribute \`${name}: ${type}\``),
    ...lines('method', element.methods),
    ...lines('event', element.events, 'crm-'),
    ...lines('slot', element.slots),
    ...lines('part', element.parts),
    ...lines('custom property', element.cssProperties, '--crm-'),
    ...lines('state', element.states),
    '',
  ].join('\n');

const lines = (what: string, list: readonly Described[], prefix = ''): readonly string[] =>
  list.map(({ name }) => (name === '' ? `- default ${what}` : `- ${what} \`${prefix}${name}\``));

/** The keys of every catalogue, by the folder it lies in. */
const messageKeys = async (folder: string): Promise<readonly string[]> => {
  const files = globSync('src/**/*.messages.ts', { cwd: folder }).sort();
  return Promise.all(
    files.map(async (file) => {
      const catalogues = Object.values((await import(join(folder, file))) as Readonly<Record<string, object>>);
      const keys = catalogues.flatMap((one) => Object.keys(one)).sort();
      return `- \`${dirname(file).replace(/^src./, '')}\`: ${keys.map((name) => `\`${name}\``).join(' ')}`;
    }),
  );
};
