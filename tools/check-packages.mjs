// Packs every package and looks at the tarball the way its users will: publint, attw, an import in Node, a bundle.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './bootstrap.mjs';
import { leaveCounts } from './counts.mjs';

const checks = {
  'publint --strict': publint,
  'attw --profile esm-only': attw,
  contents,
  'import in Node': imports,
  'esbuild bundle': bundles,
};

process.chdir(root);
execFileSync('tsc', ['-b'], { stdio: 'inherit', shell: process.platform === 'win32' });
const packages = globSync('packages/*/src/index.ts')
  .map((path) => JSON.parse(readFileSync(join(path, '..', '..', 'package.json'), 'utf8')))
  .sort((a, b) => a.name.localeCompare(b.name));

const folder = mkdtempSync(join(tmpdir(), 'tessera-packages-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const counts = { passed: 0, failed: 0, skipped: 0 };
for (const one of packages) unpack(one);
for (const one of packages) {
  for (const [title, check] of Object.entries(checks)) {
    const problem = check(one);
    counts[problem ? 'failed' : 'passed']++;
    if (problem) console.log(`not ok ${one.name}: ${title}\n${problem.replace(/^/gm, '    ')}`);
  }
}
leaveCounts(counts);
process.exitCode = counts.failed ? 1 : 0;

/** Packs a package and lays it out as an installed one, beside links to what it depends on. */
function unpack({ name, version, dependencies = {} }) {
  execFileSync('npm', ['pack', '--silent', '--loglevel=error', '--pack-destination', folder, '-w', name], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const target = join(folder, 'node_modules', name);
  mkdirSync(target, { recursive: true });
  execFileSync('tar', ['-xzf', tarballOf({ name, version }), '-C', target, '--strip-components=1']);
  for (const dependency of Object.keys(dependencies)) {
    const link = join(folder, 'node_modules', dependency);
    if (dependency.startsWith('@tessera-crm/') || existsSync(link)) continue;
    mkdirSync(join(link, '..'), { recursive: true });
    symlinkSync(join(root, 'node_modules', dependency), link, 'junction');
  }
}

function publint(one) {
  return problemOf('publint', ['run', tarballOf(one), '--strict']);
}

function attw(one) {
  return problemOf('attw', [tarballOf(one), '--profile', 'esm-only', '--format', 'ascii']);
}

/** Every compiled file has its types and its source, and no test was packed. */
function contents({ name }) {
  const inside = globSync('**/*', { cwd: join(folder, 'node_modules', name) }).map((path) =>
    path.replaceAll('\\', '/'),
  );
  const has = new Set(inside);
  const problems = [
    ...inside
      .filter((path) => /\.(test|stories)\.|\.tsbuildinfo$/.test(path))
      .map((path) => `${path} should not be packed`),
    ...inside
      .filter((path) => /^dist\/.*(?<!\.d)\.js$/.test(path))
      .flatMap((path) => [path.replace(/\.js$/, '.d.ts'), path.replace(/^dist(.*)\.js$/, 'src$1.ts')])
      .filter((path) => !has.has(path))
      .map((path) => `${path} is missing; an old dist? (npm run clean)`),
    ...['LICENSE', 'package.json', 'dist/index.js']
      .filter((path) => !has.has(path))
      .map((path) => `${path} is missing`),
  ];
  return problems.join('\n');
}

function imports({ name }) {
  return problemOf('node', ['--input-type=module', '--eval', `await import('${name}'); process.exit()`]);
}

function bundles({ name }) {
  const platform = name.endsWith('/server') ? 'node' : 'browser';
  const args = [
    '--bundle',
    '--format=esm',
    `--platform=${platform}`,
    '--packages=bundle',
    '--outfile=bundle.js',
    '--log-level=error',
  ];
  const external = platform === 'node' ? ['--packages=external'] : [];
  return problemOf('esbuild', [...args, ...external], `export * from '${name}';`);
}

function problemOf(command, args, input) {
  const options = { cwd: folder, encoding: 'utf8', input, shell: process.platform === 'win32' };
  const { status, stdout, stderr, error } = spawnSync(command, args, options);
  return status === 0 ? '' : `${error ?? ''}${stdout}${stderr}`;
}

function tarballOf({ name, version }) {
  return join(folder, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);
}
