// Keeps packages/elements/cdn in step with the sources it is made from.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitOf, root } from './bootstrap.mjs';

const sources = ['model', 'client', 'cache', 'elements'].map((name) => join(root, 'packages', name, 'src'));
const entry = join(root, 'packages', 'elements', 'src', 'index.ts');
/** What of these tools ends in the bundle, or decides how it is cut. */
const bundling = [
  'bundle-settings',
  'chunk-groups',
  'css-tag',
  'html-template',
  'integrity',
  'libraries-in-bundles',
  'minify-literals',
  'template-parser',
].map((name) => join('tools', `${name}.ts`));
const stamp = join(root, 'packages', 'elements', 'cdn', '.built-from');

/** Builds the browser bundle unless it is up to date or there is nothing to build; resolves to false when it fails. */
export async function buildElements() {
  if (!existsSync(entry)) return true;
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true;
  console.log('Building the elements (npm run build:cdn) ...');
  const build = spawn('npm', ['run', '--silent', 'build:cdn'], {
    cwd: root,
    // Less the list of hashes, which is for those who build it themselves
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if ((await exitOf(build)) !== 0) return false;
  writeFileSync(stamp, wanted);
  return true;
}

function fingerprint() {
  const hash = createHash('sha256');
  const files = sources
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !/\.(test|stories)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const settings = ['package-lock.json', join('packages', 'elements', 'vite.config.ts'), ...bundling].map((name) =>
    join(root, name),
  );
  for (const path of [...settings, ...files])
    hash.update(path.slice(root.length)).update('\0').update(readFileSync(path));
  return hash.digest('hex');
}
