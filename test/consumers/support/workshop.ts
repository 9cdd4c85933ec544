import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { Registry } from './registry.ts';

const apps = fileURLToPath(new URL('../apps/', import.meta.url));

/** Where the applications are installed, outside of this repository, so that nothing of it is found by accident. */
export class Workshop {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** @param root - The repository, whose packages are compiled already. */
  static async open(root: string): Promise<Workshop> {
    const workshop = new Workshop(await mkdtemp(join(tmpdir(), 'tessera-consumers-')));
    await cp(apps, workshop.folder, { recursive: true });
    await workshop.#takeFromDocumentation(root);
    const registry = await Registry.open(root);
    try {
      await writeFile(join(workshop.folder, '.npmrc'), `@tessera-crm:registry=${registry.address}/\n`);
      const quiet = ['--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts', '--loglevel=error'];
      await workshop.run('.', 'npm', ['install', ...quiet]);
    } finally {
      await registry.close();
    }
    return workshop;
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Runs a command in the folder of an application. @throws {Error} With what it said, unless it succeeds. */
  async run(app: string, command: string, args: readonly string[]): Promise<string> {
    const { code, said } = await this.#try(app, command, args);
    if (code !== 0) throw new Error(`${command} ${args.join(' ')} in ${app}\n${said}`);
    return said;
  }

  /** Runs a program of `node_modules`. */
  async runBin(app: string, bin: string, args: readonly string[]): Promise<string> {
    return this.run(app, process.execPath, [this.#bin(bin), ...args]);
  }

  /** What a type checker complains of, as `src/wrong.ts:3`, each line once. */
  async complaints(app: string, bin: string, args: readonly string[]): Promise<readonly string[]> {
    const { said } = await this.#try(app, process.execPath, [this.#bin(bin), ...args]);
    const places = said.matchAll(/^(?:\d+ ERROR )?"?((?:\.\.\/)*[\w./-]+\.(?:tsx?|vue|svelte))"?[ (:](\d+)[:,]\d+/gm);
    return [...new Set([...places].map(([, file, line]) => `${file}:${line}`))].sort();
  }

  /** The lines of an application that say of themselves that they are wrong. */
  async wrongLines(app: string): Promise<readonly string[]> {
    const files = (await readdir(join(this.folder, app, 'src'))).filter((name) => name.startsWith('wrong.'));
    const lines = await Promise.all(
      files.map(async (file) => {
        const text = await readFile(join(this.folder, app, 'src', file), 'utf8');
        return text.split('\n').flatMap((line, at) => (/(\/\/|<!--) wrong/.test(line) ? `src/${file}:${at + 1}` : []));
      }),
    );
    return lines.flat().sort();
  }

  /** What the documentation shows for a framework becomes a part of its application. */
  async #takeFromDocumentation(root: string): Promise<void> {
    const page = await readFile(join(root, 'docs/frameworks.md'), 'utf8');
    const blocks = [...page.matchAll(/^```(tsx?|vue|svelte)(?: (?!runnable)(\w+))?\n(.*?)^```$/gms)];
    const writing = blocks.map(async ([, ending, app = ending, code], at) =>
      writeFile(join(this.folder, app!, 'src', `documented-${at}.${ending}`), code!),
    );
    await Promise.all(writing);
  }

  #bin(path: string): string {
    return join(this.folder, 'node_modules', path);
  }

  async #try(app: string, command: string, args: readonly string[]): Promise<{ code: number; said: string }> {
    // What surrounds these tests must not show: our own tools and conditions
    const { NODE_OPTIONS: _options, ...env } = { ...process.env, NO_COLOR: '1', CI: '1' } as NodeJS.ProcessEnv;
    return new Promise((resolve) => {
      const options = {
        cwd: join(this.folder, app),
        env,
        maxBuffer: 2 ** 26,
        shell: command === 'npm' && process.platform === 'win32',
      };
      execFile(command, [...args], options, (error, stdout, stderr) => {
        const said = stripVTControlCharacters(stdout + stderr);
        resolve({ code: error ? 1 : 0, said });
      });
    });
  }
}
