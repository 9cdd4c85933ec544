import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTestFolder } from '../../../packages/server/src/testing/test-folder.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** How long the server may take to listen, in milliseconds: sample data and a machine with much else to do. */
const patience = 120_000;

export interface SiteOptions {
  /** A PostgreSQL instead of the embedded database. */
  readonly databaseUrl?: string;
  /** What else its environment says. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The real server as `npm start` runs it, on a free port, with a data folder of its own. */
export class Site {
  address = '';
  readonly #folder: string;
  readonly #databaseUrl: string | undefined;
  readonly #env: SiteOptions['env'];
  #server: ChildProcess | undefined;
  #port = 0;

  private constructor(folder: string, { databaseUrl, env = {} }: SiteOptions) {
    this.#folder = folder;
    this.#databaseUrl = databaseUrl;
    this.#env = env;
  }

  static async open(options: SiteOptions = {}): Promise<Site> {
    const { databaseUrl } = options;
    const folder = await mkdtemp(join(tmpdir(), 'tessera-journey-'));
    if (databaseUrl === undefined) await rename(await createTestFolder(), join(folder, 'database'));
    const site = new Site(folder, options);
    await site.start();
    return site;
  }

  /** Listens where it listened before, so that an open page finds it again. */
  async start(): Promise<void> {
    const server = spawn(
      process.execPath,
      ['--conditions=tessera-source', join('packages', 'server', 'src', 'bin.ts'), 'serve', '--dev', '--empty'],
      {
        cwd: root,
        env: {
          ...process.env,
          PORT: String(this.#port),
          TESSERA_DATA: this.#folder,
          DATABASE_URL: this.#databaseUrl ?? '',
          ...this.#env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    this.#server = server;
    this.address = await listening(server);
    this.#port = Number(new URL(this.address).port);
  }

  /** `kill -9`: no goodbye, no tidying up. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server || server.exitCode !== null) return;
    const gone = once(server, 'exit');
    server.kill(signal);
    await gone;
  }

  async close(): Promise<void> {
    await this.kill('SIGTERM');
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Asks the API with a secret key, as a host's backend does. @throws {Error} With the answer, unless it is 2xx. */
  async api<T>(method: string, path: string, body?: unknown): Promise<T> {
    this.#key ??= ((await this.#ask('POST', '/dev/key')) as { readonly key: string }).key;
    return (await this.#ask(method, `/v1/${path}`, body)) as T;
  }

  #key: string | undefined;

  async #ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(this.address + path, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(this.#key !== undefined && { authorization: `Bearer ${this.#key}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text);
  }
}

const listening = async (server: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    const late = setTimeout(() => reject(new Error(`The server does not listen:\n${said}`)), patience);
    const hear = (chunk: Buffer): void => {
      said += String(chunk);
      const address = /listens on (http:\S+)/.exec(said)?.[1];
      if (address === undefined) return;
      clearTimeout(late);
      resolve(address);
    };
    server.stdout?.on('data', hear);
    server.stderr?.on('data', hear);
    server.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`The server ended with ${code}:\n${said}`));
    });
  });
