// Which Firefox and which WebKit the tests of hostile pages drive, beside Chromium.
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The path of a Firefox: FIREFOX_PATH and nothing else when it is set, otherwise the usual places. */
export function findFirefox() {
  const fixed = process.env.FIREFOX_PATH;
  const elsewhere = [
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    'C:/Program Files/Mozilla Firefox/firefox.exe',
  ];
  return (fixed ? [fixed] : [...onPath('firefox-esr'), ...onPath('firefox'), ...elsewhere]).find(isExecutable);
}

/**
 * WebKitGTK: its driver (WEBKIT_DRIVER and nothing else when that is set), the small browser that comes with it, and
 * the screen in memory that it draws on.
 *
 * @returns {WebKitPrograms | undefined}
 */
export function findWebKit() {
  const fixed = process.env.WEBKIT_DRIVER;
  const driver = (fixed ? [fixed] : onPath('WebKitWebDriver')).find(isExecutable);
  const browser = miniBrowsers().find(isExecutable);
  const screen = onPath('Xvfb').find(isExecutable);
  return driver && browser && screen ? { driver, browser, screen } : undefined;
}

/**
 * @typedef {object} WebKitPrograms
 * @property {string} driver
 * @property {string} browser
 * @property {string} screen
 */

/** Debian puts it below its machine's folder, others below /usr/libexec or /usr/lib64; each version has its own. */
function miniBrowsers() {
  const machines = [
    '/usr/lib/x86_64-linux-gnu',
    '/usr/lib/aarch64-linux-gnu',
    '/usr/lib',
    '/usr/lib64',
    '/usr/libexec',
  ];
  return machines
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => /^webkit2gtk-4\.\d$/.test(name))
        .sort()
        .map((name) => join(folder, name, 'MiniBrowser')),
    );
}

const onPath = (name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name));

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
