import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import test, { describe } from 'node:test';
import { fileURLToPath } from 'node:url';
import { generate, targets } from '@tessera-crm/elements/generate/generate.js';
import { readManifest, type Manifest } from '@tessera-crm/elements/generate/read-manifest.js';
import { generatedFiles } from '../tools/generate-elements.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const read = (path: string): string => readFileSync(root + path, 'utf8');
const manifest = JSON.parse(read('packages/elements/custom-elements.json')) as Manifest;

describe('what is generated for the elements', () => {
  test('is what the manifest makes of it; otherwise run `npm run generate`', async () => {
    const files = await generatedFiles();
    const there = globSync(['generated/*', 'llms.txt', 'api.md', 'src/*/*.parts.ts', 'src/shell/shell-table.ts'], {
      cwd: `${root}packages/elements`,
    });
    assert.deepEqual(Object.keys(files).sort(), there.map((path) => path.replaceAll('\\', '/')).sort());
    for (const [name, text] of Object.entries(files)) assert.equal(read(`packages/elements/${name}`), text, name);
  });

  test('says nothing of our prefix where a page has another', () => {
    for (const [name, text] of Object.entries(generate(manifest, { prefix: 'acme' })))
      assert.doesNotMatch(text, /\b(on)?crm-|crmElements|onCrm|Crm[A-Z](?!vents|nstance)/, name);
  });

  test('names every element for every framework', () => {
    for (const target of targets) {
      const text = Object.values(generate(manifest, { prefix: 'acme', wanted: [target] })).join('\n');
      for (const { element } of readManifest(manifest))
        assert.ok(text.includes(`acme-${element}`), `${target} ${element}`);
    }
  });

  test('refuses a prefix that could not begin a tag', () => {
    for (const prefix of ['', 'Acme', '1acme', 'ac-me', 'a"b'])
      assert.throws(() => generate(manifest, { prefix }), RangeError);
  });
});

const known = new Map(readManifest(manifest).map((one) => [one.tag, one]));

/** Attributes that every element of HTML has, or that frameworks take for themselves. */
const isForeign = (name: string): boolean =>
  /^(class|id|lang|slot|style|ref|v-.*|data-.*|aria-.*|[@:([].*|on.*)$/.test(name);

describe('what our documentation shows', () => {
  for (const page of globSync(['README.md', 'docs/*.md', 'packages/*/README.md', 'packages/*/llms.txt'], { cwd: root }))
    test(`${page} has only elements and attributes that there are`, () => {
      const blocks = [...read(page).matchAll(/^```(?:html|vue|svelte)\n(.*?)^```$/gms)].map(([, code]) => code!);
      const wrong = blocks.flatMap((block) =>
        [...block.matchAll(/<(crm-[a-z-]+)((?:\s+[^\s=>/]+(?:="[^"]*"|={[^}]*})?)*)\s*\/?>/g)].flatMap(
          ([, tag, rest]) => {
            const element = known.get(tag!);
            if (!element) return [`<${tag}>`];
            const names = [...rest!.matchAll(/\s([^\s="{}]+)(?:="[^"]*"|={[^}]*})?/g)].map(([, name]) => name!);
            const open = element.attributes.filter(({ name }) => name.includes('*')).map(({ name }) => name.slice(1));
            return names
              .filter((name) => !isForeign(name) && !open.some((ending) => name.endsWith(ending)))
              .filter((name) => !element.attributes.some((one) => one.name === name))
              .map((name) => `<${tag} ${name}>`);
          },
        ),
      );
      assert.deepEqual(wrong, []);
    });
});
