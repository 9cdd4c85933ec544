// Opens every story of storybook-static in Chromium and waits for its play function and its accessibility report; then
// looks at it again in the dark, from right to left, in forced colours and on a narrow screen.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join, normalize } from 'node:path';
import { chromium } from 'playwright-core';
import { root } from './bootstrap.mjs';
import { chromeArgs, findChrome } from './chrome.mjs';
import { leaveCounts } from './counts.mjs';

const built = join(root, 'storybook-static');
const patience = 30_000;
const usualSize = { width: 1000, height: 700 };
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** How else people look at a page, and what would be wrong with it then. Each begins where the one before left it. */
const views = [
  { name: 'dark', enter: (page) => page.evaluate(darken), problems: axeProblems },
  { name: 'right to left', enter: (page) => page.evaluate(turnAround), problems: axeProblems },
  // As wide as a window of 1280 px is at 400 %
  {
    name: '320 px wide',
    enter: (page) => page.setViewportSize({ width: 320, height: 640 }),
    problems: overflowProblems,
  },
  { name: 'forced colours', enter: (page) => page.emulateMedia({ forcedColors: 'active' }), problems: axeProblems },
];
const mediaTypes = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const server = createServer((request, response) => {
  const path = normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
  readFile(join(built, path)).then(
    (body) =>
      response.writeHead(200, { 'content-type': mediaTypes[extname(path)] ?? 'application/octet-stream' }).end(body),
    () => response.writeHead(404).end(),
  );
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${server.address().port}`;

const { entries } = JSON.parse(await readFile(join(built, 'index.json'), 'utf8'));
const waiting = Object.values(entries).filter(({ type, tags }) => type === 'story' && !tags?.includes('no-test'));
const counts = { passed: 0, failed: 0, skipped: 0 };

const browser = await chromium.launch({ executablePath: findChrome(), args: chromeArgs });
await Promise.all([visitStories(), visitStories()]);
await browser.close();
server.close();
leaveCounts(counts);
process.exitCode = counts.failed ? 1 : 0;

/** Visits stories one after the other until none is waiting. */
async function visitStories() {
  const context = await browser.newContext({ viewport: usualSize });
  // A story that needs the network is a broken story.
  await context.route(
    (url) => url.hostname !== '127.0.0.1',
    (route) => route.abort(),
  );
  await context.addInitScript(listenToStorybook);
  const page = await context.newPage();
  for (let story; (story = waiting.shift());) {
    const problems = await problemsOf(page, story);
    counts[problems.length ? 'failed' : 'passed']++;
    if (problems.length) console.log(`not ok ${story.title} > ${story.name}\n    ${problems.join('\n    ')}`);
  }
  await context.close();
}

async function problemsOf(page, { id }) {
  const thrown = [];
  const note = (error) => thrown.push(String(error));
  page.on('pageerror', note);
  await page.setViewportSize(usualSize);
  await page.emulateMedia({ forcedColors: 'none', reducedMotion: 'reduce' });
  await page.goto(`${origin}/iframe.html?id=${id}&viewMode=story`);
  let timer;
  const tooLong = new Promise((resolve) => {
    timer = setTimeout(resolve, patience, [`did not finish within ${patience / 1000} s`]);
  });
  const told = await Promise.race([page.evaluate(() => globalThis.storyProblems), tooLong]);
  clearTimeout(timer);
  const seen = [];
  await page.addScriptTag({ path: axe });
  for (const { name, enter, problems } of views) {
    await enter(page);
    seen.push(...(await page.evaluate(problems)).map((problem) => `${name}: ${problem}`));
  }
  page.off('pageerror', note);
  return [...told, ...seen, ...thrown];
}

// In the page:

/** Stories say themselves in which scheme they are. */
function darken() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    ':root, [style*="color-scheme"] { color-scheme: dark !important; background: light-dark(#fff, #0d0e11) }',
  );
  document.adoptedStyleSheets = [sheet];
}

function turnAround() {
  document.documentElement.dir = 'rtl';
  for (const element of document.querySelectorAll('#storybook-root [dir]')) element.dir = 'rtl';
}

async function axeProblems() {
  await new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame)));
  const areForced = matchMedia('(forced-colors: active)').matches;
  // Forced colours are put over those that styles tell of, which is all that axe can see
  const rules = { region: { enabled: false }, 'color-contrast': { enabled: !areForced } };
  const { violations } = await globalThis.axe.run('#storybook-root', { rules, resultTypes: ['violations'] });
  const place = ({ target }) => target.flat().join(' ');
  return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(place).join(', ')})`);
}

async function overflowProblems() {
  await new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame)));
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth > clientWidth ? [`the page is ${scrollWidth - clientWidth} px wider than the window`] : [];
}

/**
 * Runs in the page before Storybook does: promises what goes wrong with the story as a list of sentences. A play
 * function that throws still reports success at the end, therefore every channel of failure is listened to.
 */
function listenToStorybook() {
  const failures = [
    'playFunctionThrewException',
    'storyThrewException',
    'storyErrored',
    'storyMissing',
    'unhandledErrorsWhilePlaying',
  ];
  const describe = ({ id, help, nodes }) =>
    `${id}: ${help} (${nodes.map(({ target }) => target.join(' ')).join(', ')})`;
  globalThis.storyProblems = new Promise((resolve) => {
    let channel;
    Object.defineProperty(globalThis, '__STORYBOOK_ADDONS_CHANNEL__', {
      configurable: true,
      get: () => channel,
      set(value) {
        channel = value;
        const problems = [];
        for (const name of failures) {
          channel.on(name, (error) =>
            problems.push(`${name}: ${error?.message ?? error?.description ?? JSON.stringify(error)}`),
          );
        }
        channel.on('storyMissing', () => resolve(problems));
        channel.on('storyFinished', ({ status, reporters = [] }) => {
          const failed = reporters.filter((reporter) => reporter.status === 'failed');
          const reported = failed.flatMap(({ type, result }) => result?.violations?.map(describe) ?? [type]);
          resolve([...(status === 'success' ? [] : [`status: ${status}`]), ...problems, ...reported]);
        });
      },
    });
  });
}
