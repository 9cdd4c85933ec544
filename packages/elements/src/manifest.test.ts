import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readManifest, type Manifest } from './generate/read-manifest.ts';
import { elementTable } from './instance/element-table.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));

const committed = JSON.parse(readFileSync(`${folder}custom-elements.json`, 'utf8')) as Manifest;
const declarations = committed.modules.flatMap((module) => module.declarations);

describe('custom-elements.json', () => {
  it('says what the sources say; otherwise run `npm run manifest`', async () => {
    // Has no types of its own
    const analyzer = '@custom-elements-manifest/analyzer/cli.js';
    const { cli } = (await import(analyzer)) as { cli(options: object): Promise<Manifest> };
    const made = await cli({ argv: ['analyze', '--quiet'], cwd: folder, noWrite: true });
    assert.deepEqual(JSON.parse(JSON.stringify(made)), committed);
  });

  it('describes every element that pages can have', () => {
    const tags = Object.keys(elementTable).map((name) => `crm-${name}`);
    assert.deepEqual(declarations.map(({ tagName }) => tagName).sort(), tags.sort());
  });

  it('has a sentence for everything', () => {
    const silent = readManifest(committed).flatMap((element) => {
      const { tag, description, attributes, properties, methods, events, slots, parts, cssProperties, states } =
        element;
      const all = [properties, methods, events, slots, parts, cssProperties, states].flat();
      // An attribute is explained by its property
      const alone = attributes.filter(({ property }) => property === undefined);
      return [{ name: '', description }, ...all, ...alone]
        .filter((one) => one.description === '')
        .map(({ name }) => `${tag} ${name}`);
    });
    assert.deepEqual(silent, []);
  });
});
