/**
 * Our board beside the limit (limit.ts) with the same cards, in turn, in a fresh browser each time.
 *
 * npm run bench -- board [cards=10000] [rounds=5]
 */
import { createServer } from 'node:http';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { chromium, type CDPSession, type Page } from 'playwright-core';
import { build } from 'vite';
import { bundleSettings } from '../../../tools/bundle-settings.ts';
import { chromeArgs, findChrome } from '../../../tools/chrome.mjs';
import type { Bench } from './page.ts';

const count = Number(process.argv[2] ?? 10_000);
const rounds = Number(process.argv[3] ?? 5);

/** What is measured; the least of all rounds counts, because everything else on the machine only ever adds. */
interface Measured {
  /** Until the cards were on the screen, ms. */
  first: number;
  /** Work of the page's thread for that, ms. */
  mountWork: number;
  /** Work of the page's thread for one card carried over four columns, ms. */
  dragWork: number;
  /** Frames that came late in the meantime. */
  lateFrames: number;
  nodes: number;
  heap: number;
  shift: number;
}

/** How many times the limit our board may take. */
const budgets: Partial<Record<keyof Measured, number>> = { first: 2, mountWork: 2.5, dragWork: 1.3 };

/** What the pages offer; there when the code of `evaluate` runs in them. */
declare const bench: Bench;

const folder = mkdtempSync(join(tmpdir(), 'tessera-bench-'));
const args = [...chromeArgs, '--js-flags=--expose-gc', '--enable-precise-memory-info'];

const bundle = async (): Promise<void> => {
  const pages = Object.fromEntries(['limit', 'ours'].map((name) => [name, join(import.meta.dirname, `${name}.ts`)]));
  const { rolldownOptions } = bundleSettings.build;
  await build({
    ...bundleSettings,
    root: import.meta.dirname,
    configFile: false,
    logLevel: 'error',
    build: {
      ...bundleSettings.build,
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: { ...rolldownOptions, input: pages },
    },
  });
};

const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.html': 'text/html' };

const server = createServer(({ url = '/' }, response) => {
  const { pathname } = new URL(url, 'http://localhost');
  const name = pathname.endsWith('.html') ? pathname.slice(1, -5) : undefined;
  const page = `<!doctype html><meta charset="utf-8"><body style="margin:16px;font:16px/1.4 system-ui,sans-serif"><div id="host"></div><script type="module" src="/${name}.js"></script>`;
  try {
    const body = name === undefined ? readFileSync(join(folder, pathname)) : page;
    response.writeHead(200, { 'content-type': types[extname(pathname)] ?? 'text/plain' }).end(body);
  } catch {
    response.writeHead(404).end();
  }
});

type Metrics = Readonly<Record<string, number>>;

const metricsOf = async (session: CDPSession): Promise<Metrics> =>
  Object.fromEntries((await session.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]));

const collect = (page: Page): Promise<void> => page.evaluate(() => (globalThis as unknown as { gc(): void }).gc());

const between = (before: Metrics, after: Metrics, name: string): number => after[name]! - before[name]!;

/**
 * Presses a card, carries it over in ninety steps, lets it go; the same for both pages. Events are sent as they are,
 * because the mouse of Playwright runs code in the page with every step.
 */
const carry = async (page: Page, session: CDPSession): Promise<void> => {
  const from = await page.evaluate(() => bench.card(0, 2));
  const to = await page.evaluate(() => bench.column(4));
  const send = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', x: number, y: number): Promise<void> =>
    session
      .send('Input.dispatchMouseEvent', {
        type,
        x,
        y,
        button: 'left',
        buttons: type === 'mouseReleased' ? 0 : 1,
        clickCount: 1,
      })
      .then(() => undefined);
  await send('mousePressed', from.x, from.y);
  await page.waitForTimeout(60);
  for (let step = 1; step <= 90; step++) {
    const share = step / 90;
    const down = (to.y - from.y + 60) * share + Math.sin(step / 6) * 30;
    await send('mouseMoved', from.x + (to.x - from.x) * share, from.y + down);
    await page.waitForTimeout(8);
  }
  await send('mouseReleased', to.x, to.y + 60);
  await page.waitForTimeout(700);
};

const watchFrames = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const times: number[] = [];
    const note = (time: number): void => {
      times.push(time);
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
    Object.assign(globalThis, { frameTimes: times });
  });

const lateFrames = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { frameTimes: times } = globalThis as unknown as { frameTimes: readonly number[] };
    return times
      .slice(1)
      .reduce((sum, time, index) => sum + Math.max(0, Math.round((time - times[index]!) / 16.67) - 1), 0);
  });

const watchShifts = (page: Page): Promise<void> =>
  page.evaluate(() => {
    Object.assign(globalThis, { shift: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        (globalThis as unknown as { shift: number }).shift += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });

const measure = async (name: string, url: string): Promise<Measured> => {
  const browser = await chromium.launch({ executablePath: findChrome()!, args });
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 920 } });
    page.on('pageerror', (error) => console.error(error));
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.goto(`${url}/${name}.html`);
    await page.waitForFunction(() => 'bench' in window);
    await watchShifts(page);
    await page.evaluate((cards) => bench.prepare(cards), count);
    await collect(page);
    const start = await metricsOf(session);
    const { first } = await page.evaluate(() => bench.mount());
    const mounted = await metricsOf(session);
    await page.waitForTimeout(600);
    await collect(page);
    const heap = between(start, await metricsOf(session), 'JSHeapUsedSize') / 1e6;
    const nodes = await page.evaluate(() => bench.nodes());
    const before = await page.evaluate(() => bench.counts());
    await watchFrames(page);
    const still = await metricsOf(session);
    await carry(page, session);
    const done = await metricsOf(session);
    const after = await page.evaluate(() => bench.counts());
    if (before[0] === after[0] || before[4] === after[4]) throw new Error(`${name}: the card did not arrive`);
    const shift = await page.evaluate(() => (globalThis as unknown as { shift: number }).shift);
    return {
      first,
      mountWork: between(start, mounted, 'TaskDuration') * 1000,
      dragWork: between(still, done, 'TaskDuration') * 1000,
      lateFrames: await lateFrames(page),
      nodes,
      heap,
      shift,
    };
  } finally {
    await browser.close();
  }
};

const least = (all: readonly Measured[]): Measured =>
  all.reduce(
    (best, one) =>
      Object.fromEntries(
        Object.entries(one).map(([key, value]) => [key, Math.min(value, best[key as keyof Measured])]),
      ) as unknown as Measured,
  );

await bundle();
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
const all: Record<'limit' | 'ours', Measured[]> = { limit: [], ours: [] };
for (let round = 0; round < rounds; round++)
  for (const name of ['limit', 'ours'] as const) all[name].push(await measure(name, url));
server.close();
rmSync(folder, { recursive: true });

const limit = least(all.limit);
const ours = least(all.ours);
console.log(`${count} cards, the best of ${rounds} rounds`);
for (const key of Object.keys(limit) as (keyof Measured)[]) {
  const ratio = limit[key] ? ours[key] / limit[key] : NaN;
  const budget = budgets[key];
  const verdict = budget === undefined ? '' : ratio <= budget ? `  within ${budget}` : `  OVER ${budget}`;
  if (budget !== undefined && ratio > budget) process.exitCode = 1;
  console.log(
    `${key.padEnd(12)} limit ${limit[key].toFixed(2).padStart(9)}   ours ${ours[key].toFixed(2).padStart(9)}   ×${ratio.toFixed(2)}${verdict}`,
  );
}
