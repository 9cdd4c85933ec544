// Opens every story of storybook-static in Chromium and waits for its play function and its accessibility report.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { chromium } from 'playwright-core';
import { root } from './bootstrap.mjs';
import { chromeArgs, findChrome } from './chrome.mjs';
import { leaveCounts } from './counts.mjs';

const built = join(root, 'storybook-static');
const patience = 30_000;
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
  const context = await browser.newContext({ viewport: { width: 1000, height: 700 } });
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
  await page.goto(`${origin}/iframe.html?id=${id}&viewMode=story`);
  let timer;
  const tooLong = new Promise((resolve) => {
    timer = setTimeout(resolve, patience, [`did not finish within ${patience / 1000} s`]);
  });
  const told = await Promise.race([page.evaluate(() => globalThis.storyProblems), tooLong]);
  clearTimeout(timer);
  page.off('pageerror', note);
  return [...told, ...thrown];
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
