// What must be there before anything of ours runs. Needs no dependency and any Node from 18 on.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChrome, isExecutable } from './chrome.mjs';
import { findFirefox, findWebKit } from './other-browsers.mjs';
import { findPostgres } from './postgres.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const bin = join(root, 'node_modules', '.bin');
const wantedNode = 24;

/** Ends the process with a sentence a person can act on. */
export const fail = (text) => {
  console.error(`\n${text}\n`);
  process.exit(1);
};

/** Runs `npm ci` when node_modules is not what the lock file describes; the tools of node_modules come first on PATH. */
export function ensureInstalled() {
  process.env.PATH = bin + delimiter + process.env.PATH;
  if (isInstalled()) return;
  console.log('Installing what package-lock.json lists (npm ci) ...');
  // loglevel=error hides the engine warnings: npm itself may run on an older Node than our code does.
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  if (run('npm', args, { shell: process.platform === 'win32' }) !== 0) fail('npm ci failed, see above.');
}

/** Continues the running script under Node 24 from node_modules when the system's Node is older. */
export async function ensureNode() {
  if (majorOf(process.versions.node) >= wantedNode) return;
  const local = join(bin, process.platform === 'win32' ? 'node.cmd' : 'node');
  const version = existsSync(local)
    ? spawnSync(local, ['-p', 'process.versions.node'], { encoding: 'utf8' }).stdout
    : '';
  if (!(majorOf(version) >= wantedNode)) {
    fail(
      `Node ${wantedNode} or newer is needed. This is ${process.version}, and node_modules brings none for ${process.platform}-${process.arch}.`,
    );
  }
  const env = { ...process.env, NODE: local, npm_node_execpath: local };
  const child = spawn(local, process.argv.slice(1), { stdio: 'inherit', env });
  onStop((signal) => child.kill(signal));
  process.exit(await exitOf(child));
}

/** The path of a Chromium: CHROME_PATH, an installed one, or one from apt. */
export function ensureChrome() {
  const help = 'The browser tests need Chromium or Chrome. Install it, or set CHROME_PATH to its executable.';
  const found = findChrome();
  if (found) return found;
  if (process.env.CHROME_PATH) fail(`CHROME_PATH=${process.env.CHROME_PATH} is not an executable file.`);
  aptInstall(['chromium', 'fonts-liberation'], help);
  return findChrome() ?? fail(help);
}

/**
 * Firefox and WebKitGTK, which the tests of hostile pages drive beside Chromium: installed from apt where they are
 * missing and that is possible.
 *
 * @returns {string[]} A sentence for each that cannot be had; its tests are then skipped.
 */
export function ensureOtherBrowsers() {
  const wanted = [
    { find: findFirefox, fixed: 'FIREFOX_PATH', packages: ['firefox-esr'], name: 'Firefox' },
    { find: findWebKit, fixed: 'WEBKIT_DRIVER', packages: ['webkit2gtk-driver', 'xvfb'], name: 'WebKitGTK' },
  ];
  return wanted.flatMap(({ find, fixed, packages, name }) => {
    if (find()) return [];
    if (process.env[fixed]) fail(`${fixed}=${process.env[fixed]} cannot be used.`);
    const obstacle = aptObstacle() ?? (aptGet(packages), find() ? undefined : 'apt-get could not install it');
    return obstacle === undefined
      ? []
      : [
          `${name} is missing, so that nothing runs in it: ${obstacle}. Install ${packages.join(' and ')}, or set ${fixed}.`,
        ];
  });
}

/**
 * Where the tests find PostgreSQL: `{ url }` of TEST_DATABASE_URL, `{ bin }` with the server's programs (installed
 * from apt when missing), or `{ skipped }` with the reason.
 */
export function ensurePostgres() {
  if (process.env.TESSERA_SKIP_POSTGRES === '1')
    return { skipped: 'TESSERA_SKIP_POSTGRES=1: nothing runs on PostgreSQL' };
  if (process.env.TEST_DATABASE_URL) return { url: process.env.TEST_DATABASE_URL };
  const help =
    'The tests need a PostgreSQL server. Install it, set TEST_DATABASE_URL to one that may be written to,\n' +
    'or set TESSERA_SKIP_POSTGRES=1 to leave those tests out.';
  return { bin: ensurePostgresPrograms(help) };
}

/** The folder with PostgreSQL's programs, installed from apt when missing; ends the process with `help` otherwise. */
export function ensurePostgresPrograms(help) {
  const found = findPostgres();
  if (found) return found;
  aptInstall(['postgresql'], help);
  return findPostgres() ?? fail(help);
}

/** Sees to it that a program is on PATH, from the apt package of its name when missing; ends the process with `help` otherwise. */
export function ensureProgram(name, help) {
  if (isOnPath(name)) return;
  aptInstall([name], help);
  if (!isOnPath(name)) fail(help);
}

/** Calls `stop` once: on a signal, or when npm, which keeps signals to itself, is gone. */
export function onStop(stop) {
  let stopped = false;
  const once = (signal) => {
    if (!stopped) stop(signal);
    stopped = true;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => once(signal));
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== parent && once('SIGTERM'), 500).unref();
}

/** The exit code of a child process; 1 when a signal ended it. */
export const exitOf = (child) =>
  new Promise((resolve) => {
    child.on('error', () => resolve(127));
    child.on('exit', (code) => resolve(code ?? 1));
  });

const isOnPath = (name) => (process.env.PATH ?? '').split(delimiter).some((folder) => isExecutable(join(folder, name)));

const run = (command, args, options = {}) =>
  spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options }).status;

const majorOf = (version) => Number(String(version).split('.')[0]);

/** npm's own record of what it installed, written last, compared with what the lock file asks for on this platform. */
function isInstalled() {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const packages = (path) => JSON.parse(readFileSync(path, 'utf8')).packages;
  const installed = packages(record);
  return Object.entries(packages(join(root, 'package-lock.json')))
    .filter(([path]) => path.startsWith('node_modules/') || path.includes('/node_modules/'))
    .every(([path, wanted]) => {
      if (!(path in installed))
        return wanted.optional || wanted.devOptional || wanted.peer ? !isOurPlatform(wanted) : false;
      return installed[path].version === wanted.version && installed[path].integrity === wanted.integrity;
    });
}

const isOurPlatform = ({ os, cpu, libc }) =>
  Boolean(os?.includes(process.platform) && cpu?.includes(process.arch) && libc === undefined);

function aptInstall(packages, help) {
  const obstacle = aptObstacle();
  if (obstacle === noApt) fail(help);
  if (obstacle !== undefined) fail(`${help}\nOn Debian and Ubuntu: sudo apt-get install ${packages.join(' ')}`);
  aptGet(packages);
}

const noApt = 'there is no apt-get here';

/** Why nothing can be installed from apt; undefined when it can. */
function aptObstacle() {
  if (process.platform !== 'linux' || run('sh', ['-c', 'command -v apt-get'], { stdio: 'ignore' }) !== 0) return noApt;
  const mayInstall = process.getuid() === 0 || run('sudo', ['-n', 'true'], { stdio: 'ignore' }) === 0;
  return mayInstall ? undefined : 'only an administrator can install it';
}

function aptGet(packages) {
  const isRoot = process.getuid() === 0;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const wait = ['-o', 'DPkg::Lock::Timeout=300'];
  const apt = (...args) =>
    isRoot ? run('apt-get', [...wait, ...args], { env }) : run('sudo', ['-n', 'apt-get', ...wait, ...args], { env });
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
  console.log(`Installing ${packages.join(' and ')} (apt-get) ...`);
  if (apt(...install) === 0) return;
  apt('update', '-qq');
  apt(...install);
}
