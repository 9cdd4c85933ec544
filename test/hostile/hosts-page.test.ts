import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import test, { describe } from 'node:test';
import { fileURLToPath } from 'node:url';
import { engineNames } from './support/engine.ts';
import { checksOf, runsIn } from './support/expected.ts';
import { hosts } from './support/hosts.ts';
import { hostsPage } from './support/hosts-page.ts';
import { knownGaps } from './support/known-gaps.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));

describe('what is written about hostile pages', () => {
  test('docs/hosts.md is what `npm run hostile -- page` writes', async () => {
    const page = readFileSync(fileURLToPath(new URL('../../docs/hosts.md', import.meta.url)), 'utf8');
    assert.equal(page, await hostsPage());
  });

  test('every host has a page, and every page a host', async () => {
    const all = (await hosts()).map(({ file }) => file).sort();
    assert.deepEqual(
      globSync('h[0-9][0-9]-*.html', { cwd: folder })
        .map((name) => name.slice(0, -5))
        .sort(),
      all,
    );
    const numbers = new Set(all.map((file) => Number(file.slice(1, 3))));
    assert.deepEqual(
      [...numbers].sort((one, other) => one - other),
      Array.from({ length: 45 }, (_, number) => number),
    );
  });

  test('every known gap is one that the suite looks at', async () => {
    const all = await hosts();
    const idle = knownGaps.flatMap(({ hosts: files, engines = engineNames, checks }) =>
      files.flatMap((file) => {
        const host = all.find((one) => one.file === file);
        const looked = engines
          .filter((engine) => host && runsIn(host, engine))
          .flatMap((engine) => checksOf(host!, engine));
        return checks.filter((check) => !looked.includes(check)).map((check) => `${file}: ${check}`);
      }),
    );
    assert.deepEqual(idle, []);
  });

  test('whatever was taken from others lies beside its licence', () => {
    const bare = globSync('vendor/*.css', { cwd: folder }).filter(
      (name) => !existsSync(folder + name.replace(/(-preflight|\.min)?(-preflight)?\.css$/, '.LICENSE')),
    );
    assert.deepEqual(bare, []);
  });
});
