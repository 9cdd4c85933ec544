import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { findWebKit, type WebKitPrograms } from '../../../tools/other-browsers.mjs';
import { windowSize, type Box, type Engine, type Point, type Tab, type TabOptions } from './engine.ts';
import { WebDriver } from './web-driver.ts';

/** WebKitGTK by its own driver, on a screen that nobody sees. */
export const startWebKit = async (): Promise<Engine> => {
  const programs = findWebKit()!;
  const screen = await startScreen(programs);
  const port = await freePort();
  const driver = spawn(programs.driver, ['-p', String(port)], {
    env: {
      ...process.env,
      DISPLAY: screen.display,
      LANGUAGE: 'en_GB',
      LIBGL_ALWAYS_SOFTWARE: '1',
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    },
    stdio: 'ignore',
  });
  const address = `http://127.0.0.1:${port}`;
  await answering(`${address}/status`);
  return {
    name: 'webkit',
    version: versionOf(programs),
    newTab: (options) => newTab(address, programs, options),
    async close() {
      await stop(driver);
      await stop(screen.server);
    },
  };
};

const newTab = async (address: string, { browser }: WebKitPrograms, options: TabOptions = {}): Promise<Tab> => {
  const driver = await WebDriver.start(address, {
    browserName: 'MiniBrowser',
    'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] },
  });
  await driver.post('timeouts', { script: 40_000, pageLoad: 40_000 });
  const wanted = { ...windowSize, ...options };
  await driver.post('window/rect', { ...wanted });
  const tab = new WebKitTab(driver);
  const inner = await tab.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  // A window has a frame, which counts
  await driver.post('window/rect', {
    width: 2 * wanted.width - inner.width,
    height: 2 * wanted.height - inner.height,
  });
  return tab;
};

class WebKitTab implements Tab {
  readonly page = undefined;
  /** The driver tells none; the first script of each page notes them. */
  readonly complaints: readonly string[] = [];
  readonly #driver: WebDriver;
  /** Where the frame begins that is looked into: the driver counts from the window. */
  #origin: Point = { x: 0, y: 0 };

  constructor(driver: WebDriver) {
    this.#driver = driver;
  }

  async open(address: string): Promise<void> {
    this.#origin = { x: 0, y: 0 };
    await this.#driver.post('url', { url: address });
    // On a busy machine the driver has done before the page is there
    for (let tries = 0; tries < 200 && !(await this.evaluate(isThere)); tries++)
      await new Promise((resolve) => setTimeout(resolve, 50));
  }

  async enterFrame(): Promise<void> {
    const id = await this.#driver.post('element', { using: 'css selector', value: 'iframe' });
    this.#origin = await this.evaluate(() => {
      const { left, top } = document.querySelector('iframe')!.getBoundingClientRect();
      return { x: left, y: top };
    });
    await this.#driver.post('frame', { id });
  }

  async evaluate<A extends readonly unknown[], T>(run: (...args: A) => T | Promise<T>, ...args: A): Promise<T> {
    const script = `const done = arguments[arguments.length - 1];
      Promise.resolve().then(() => (${run.toString()})(...JSON.parse(arguments[0]))).then(
        (value) => done(JSON.stringify({ value })),
        (error) => done(JSON.stringify({ error: String(error && error.stack ? error + ' ' + error.stack : error) })),
      );`;
    const text = await this.#driver.post<string>('execute/async', { script, args: [JSON.stringify(args)] });
    const { value, error } = JSON.parse(text) as { readonly value: T; readonly error?: string };
    if (error !== undefined) throw new Error(error);
    return value;
  }

  async inject(source: string): Promise<void> {
    await this.#driver.post('execute/sync', { script: `${source}\n;return 0`, args: [] });
  }

  async click(point: Point): Promise<void> {
    await this.drag([point]);
  }

  async drag([from, ...rest]: readonly Point[]): Promise<void> {
    const move = ({ x, y }: Point, duration: number) => ({
      type: 'pointerMove',
      x: Math.round(x + this.#origin.x),
      y: Math.round(y + this.#origin.y),
      duration,
    });
    await this.#driver.act('pointer', [
      move(from!, 0),
      { type: 'pointerDown', button: 0 },
      { type: 'pause', duration: 30 },
      ...rest.map((point) => move(point, 120)),
      { type: 'pointerUp', button: 0 },
    ]);
  }

  async type(text: string): Promise<void> {
    await this.#keys(Array.from(text));
  }

  async press(key: string): Promise<void> {
    const keys = key.split('+').map((name) => keyCodes[name] ?? name);
    const down = keys.map((value) => ({ type: 'keyDown', value }));
    const up = keys.toReversed().map((value) => ({ type: 'keyUp', value }));
    await this.#driver.act('key', [...down, ...up]);
  }

  async picture(clip?: Box): Promise<Buffer> {
    if (clip) throw new Error('WebKit’s driver takes pictures of whole windows.');
    return Buffer.from(await this.#driver.get<string>('screenshot'), 'base64');
  }

  async close(): Promise<void> {
    await this.#driver.end();
  }

  async #keys(values: readonly string[]): Promise<void> {
    const strokes = values.flatMap((value) => [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ]);
    await this.#driver.act('key', strokes);
  }
}

/** Runs in the page. */
const isThere = (): boolean => location.href !== 'about:blank' && document.readyState === 'complete';

/** As the specification of WebDriver numbers them. */
const keyCodes: Readonly<Record<string, string>> = {
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Escape: '\uE00C',
  Space: ' ',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
};

/** A screen in memory; it says itself which number was free. */
const startScreen = async ({ screen }: WebKitPrograms): Promise<{ server: ChildProcess; display: string }> => {
  const args = ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'];
  const server = spawn(screen, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const [number] = (await once(server.stdio[3]!, 'data')) as [Buffer];
  return { server, display: `:${String(number).trim()}` };
};

/** As the small browser says it, `WebKitGTK 2.50.6`. */
const versionOf = ({ browser }: WebKitPrograms): string =>
  /[\d.]+\d/.exec(spawnSync(browser, ['--version'], { encoding: 'utf8' }).stdout)?.[0] ?? 'of unknown version';

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
};

const answering = async (address: string): Promise<void> => {
  for (let tries = 0; tries < 100; tries++) {
    if (
      await fetch(address).then(
        () => true,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('WebKitWebDriver does not answer.');
};

const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
};
