// npm test [-- step ... text ...]: installs what is missing, runs the steps (all of them by default), and ends with one
// line "N passed, N failed". Words that name no step choose test files by a part of their path.
import { spawn } from 'node:child_process';
// As a namespace, because the Node that installs Node 24 may be too old to have globSync.
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ensureChrome,
  ensureInstalled,
  ensureNode,
  ensureOtherBrowsers,
  ensurePostgres,
  exitOf,
  fail,
  onStop,
  root,
} from './bootstrap.mjs';
import { closingLines } from './counts.mjs';
import { buildElements } from './elements-bundle.mjs';
import { startPostgres } from './postgres.mjs';

const nodeTest = ['node', '--conditions=tessera-source', '--test', '--test-timeout=600000'];
const nodeReport = ['--test-reporter=./tools/node-reporter.mjs', '--test-reporter-destination=stdout'];

/** Every step: what it runs, on which files, and what has to be on the machine. A step with `files` and none is skipped. */
const steps = {
  types: {
    commands: () => [
      ['tsc', '-b'],
      ['tsc', '-p', 'tsconfig.test.json'],
    ],
  },
  lint: {
    commands: () => [
      ['oxlint', '--type-aware', '--quiet'],
      ['prettier', '--check', '--cache', '--log-level', 'warn', '.'],
      ['knip', '--no-progress'],
    ],
  },
  node: {
    files: ['packages/*/src/**/*.test.ts', 'test/*.test.ts'],
    without: '.browser.test.ts',
    needs: ['postgres'],
    commands: (files) => [[...nodeTest, ...nodeReport, '--test-concurrency=2', ...files]],
  },
  browser: {
    files: ['packages/*/src/**/*.browser.test.ts'],
    needs: ['chrome'],
    commands: (files) => [['wtr', '--files', ...files]],
  },
  storage: {
    // The same again in Firefox and WebKitGTK: run when what pages keep changes
    isAlone: true,
    files: ['packages/cache/src/*.browser.test.ts'],
    needs: ['other browsers'],
    commands: (files) => [['wtr', '--config', 'tools/storage-tests.config.mjs', '--files', ...files]],
  },
  journeys: {
    files: ['test/journeys/*.test.ts'],
    needs: ['chrome', 'postgres', 'elements'],
    commands: (files) => [[...nodeTest, ...nodeReport, '--test-concurrency=1', ...files]],
  },
  hostile: {
    // Half an hour in three browsers: run when elements, bundle or embedding change
    isAlone: true,
    files: ['test/hostile/*.test.ts'],
    needs: ['chrome', 'other browsers', 'postgres', 'elements'],
    // Each file opens some fifty pages in one browser
    commands: (files) => [[...nodeTest, '--test-timeout=3600000', ...nodeReport, '--test-concurrency=1', ...files]],
  },
  stories: {
    files: ['packages/elements/src/**/*.stories.ts'],
    needs: ['chrome'],
    commands: () => [
      ['npm', 'run', '--silent', 'build:storybook'],
      ['node', 'tools/test-stories.mjs'],
    ],
  },
  size: { files: ['test/size/ceilings.json'], commands: () => [['node', 'tools/size.mjs']] },
  consumers: {
    // Installs six frameworks: run when the packages' outside changes
    isAlone: true,
    files: ['test/consumers/*.test.ts'],
    needs: ['chrome', 'postgres'],
    commands: (files) => [
      ['tsc', '-b'],
      [...nodeTest, ...nodeReport, ...files],
    ],
  },
  packages: { files: ['packages/*/src/index.ts'], commands: () => [['node', 'tools/check-packages.mjs']] },
};

const words = process.argv.slice(2);
const chosen = Object.keys(steps).filter((name) => words.includes(name));
const texts = words.filter((word) => !(word in steps));
const planned = (chosen.length ? chosen : Object.keys(steps).filter((name) => !steps[name].isAlone)).map((name) => ({
  name,
  ...steps[name],
}));
const needed = (what) => planned.some(({ needs = [] }) => needs.includes(what));

if (needed('chrome')) process.env.CHROME_PATH = ensureChrome();
const missing = needed('other browsers') ? ensureOtherBrowsers() : [];
const database = needed('postgres') ? ensurePostgres() : {};
ensureInstalled();
await ensureNode();
process.env.STORYBOOK_DISABLE_TELEMETRY = '1';
process.chdir(root);

for (const step of planned) step.found = filesOf(step);
if (texts.length && planned.every(({ found = [] }) => found.length === 0))
  fail(`No test file has ${texts.join(' or ')} in its path.`);

const folder = fs.mkdtempSync(join(tmpdir(), 'tessera-test-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
let child;
onStop((signal) => {
  child?.kill(signal);
  process.exit(1);
});

for (const text of [database.skipped ?? [], missing].flat()) console.log(text);
if (database.url) process.env.TEST_DATABASE_URL = database.url;
const usesDatabase = planned.some(({ needs = [], found = [] }) => needs.includes('postgres') && found.length > 0);
const postgres = database.bin && usesDatabase ? await startPostgres(database.bin) : undefined;
if (postgres) process.env.TEST_DATABASE_URL = postgres.url;

const total = { passed: 0, failed: 0, skipped: 0 };
const times = [];
for (const step of planned) {
  if (step.found?.length === 0) {
    times.push(`${step.name}: nothing to run`);
    continue;
  }
  console.log(`\n== ${step.name}`);
  const start = performance.now();
  const counts = await runStep(step);
  for (const key of Object.keys(total)) total[key] += counts[key] ?? 0;
  times.push(`${step.name}: ${((performance.now() - start) / 1000).toFixed(1)} s${counts.failed ? ', FAILED' : ''}`);
}
await postgres?.stop();

console.log(`\n${times.join('\n')}\n`);
console.log(closingLines(total));
process.exitCode = total.failed ? 1 : 0;

/** The test files of a step that were asked for; undefined when the step works on no files of its own. */
function filesOf({ files, without, needs }) {
  if (!files) return texts.length ? [] : undefined;
  const found = fs
    .globSync(files)
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !(without && path.endsWith(without)))
    .filter((path) => texts.length === 0 || (needs && texts.some((text) => path.includes(text))));
  return found.sort();
}

/**
 * Runs the commands of a step until one fails. A command may leave its counts in the file COUNTS_FILE names; one that
 * leaves none counts as one test, and one that fails without a failed test as one failure.
 */
async function runStep({ name, needs = [], commands, found }) {
  const file = join(folder, `${name}.json`);
  if (needs.includes('elements') && !(await buildElements())) return { failed: 1 };
  let code = 0;
  for (const [command, ...args] of commands(found)) {
    child = spawn(command, args, {
      stdio: 'inherit',
      env: { ...process.env, COUNTS_FILE: file },
      shell: process.platform === 'win32',
    });
    code = await exitOf(child);
    if (code !== 0) break;
  }
  const counts = readCounts(file) ?? { passed: code === 0 ? 1 : 0, failed: 0 };
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function readCounts(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
