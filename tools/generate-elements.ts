// npm run generate: writes what packages/elements has for frameworks, editors and assistants, and its API report.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { elementTypes } from '@tessera-crm/elements/generate/element-types.js';
import { generate, targets } from '@tessera-crm/elements/generate/generate.js';
import { readManifest, type Manifest } from '@tessera-crm/elements/generate/read-manifest.js';
import { apiReport } from './api-report.ts';
import { shellParts, shellTable } from './shell-table.ts';

const folder = fileURLToPath(new URL('../packages/elements/', import.meta.url));

/** Angular compiles its directives in the application, so that they are not part of the package. */
const packed = targets.filter((target) => target !== 'angular');

/** Every generated file of the package with its text. */
export const generatedFiles = async (): Promise<Readonly<Record<string, string>>> => {
  const manifest = JSON.parse(readFileSync(`${folder}custom-elements.json`, 'utf8')) as Manifest;
  const elements = readManifest(manifest);
  const { 'llms.txt': llms, ...files } = { ...elementTypes(elements), ...generate(manifest, { wanted: packed }) };
  return {
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`generated/${name}`, text])),
    'llms.txt': llms!,
    'api.md': await apiReport(elements, folder),
    'src/shell/shell-table.ts': shellTable(elements),
    ...shellParts(elements),
  };
};

if (import.meta.main)
  for (const [name, text] of Object.entries(await generatedFiles())) {
    mkdirSync(dirname(folder + name), { recursive: true });
    writeFileSync(folder + name, text);
  }
