import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import test, { after, before, describe } from 'node:test';
import { fileURLToPath } from 'node:url';
import { modulesPage } from '../tools/modules-page.ts';
import { Site } from './journeys/support/site.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

const pages = globSync(['README.md', '{packages,examples}/*/README.md', 'docs/*.md'], { cwd: root }).sort();

interface Block {
  readonly page: string;
  readonly line: number;
  readonly language: string;
  readonly code: string;
}

/** The blocks that are marked as running: `ts runnable`, and `bash` (a block that only shows is marked `sh`). */
const runnable = pages.flatMap((page): readonly Block[] => {
  const source = readFileSync(join(root, page), 'utf8');
  return [...source.matchAll(/^```(ts runnable|bash)\n(.*?)^```$/gms)].map(({ 1: language, 2: code, index }) => ({
    page,
    line: source.slice(0, index).split('\n').length,
    language: language!,
    code: code!,
  }));
});

const commands: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'ts runnable': [process.execPath, '--conditions=tessera-source', '--input-type=module-typescript', '-'],
  bash: ['bash', '-euo', 'pipefail'],
};

describe('the documentation', () => {
  let site: Site;
  before(async () => {
    site = await Site.open();
  });
  after(() => site.close());

  for (const { page, line, language, code } of runnable)
    test(`${page}:${line} runs as it is`, async () => {
      const [command, ...args] = commands[language]!;
      const child = spawn(command, args, { cwd: root, env: { ...process.env, TESSERA: site.address } });
      child.stdin.end(language === 'bash' ? code.replaceAll('curl -s', 'curl -sf') : code);
      const [said, complaint, [status]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, 'exit'),
      ]);
      assert.equal(status, 0, complaint);
      assert.notEqual(said, '', 'it shows nothing');
    });

  test('shows the server side of an example on one page, which a person would paste from', () => {
    for (const file of globSync('examples/*/backend.ts', { cwd: root }))
      assert.ok(readFileSync(join(root, file), 'utf8').split('\n').length <= 60, file);
  });

  test('lists every module and field there is', () => {
    const hint = 'run: node --conditions=tessera-source tools/modules-page.ts';
    assert.equal(readFileSync(join(root, 'docs/modules.md'), 'utf8'), modulesPage(), hint);
  });

  for (const page of pages)
    test(`${page} leads nowhere that is not there`, () => {
      const links = [...readFileSync(join(root, page), 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map(([, to]) => to!);
      const dead = links
        .filter((to) => !/^(https?:|mailto:|#)/.test(to))
        .filter((to) => !existsSync(join(root, dirname(page), to.split('#')[0]!)));
      assert.deepEqual(dead, []);
    });
});
