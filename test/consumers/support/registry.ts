import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

interface Packed {
  readonly name: string;
  readonly version: string;
  readonly filename: string;
}

/**
 * An npm registry on this machine that has our packages as they would be published, and nothing else: an `.npmrc` sends
 * the scope here and leaves everything else where it is. A whole registry such as verdaccio would bring some two hundred
 * packages of its own to be installed first, and stand between npm and the rest.
 */
export class Registry {
  readonly #folder: string;
  readonly #server: Server;
  readonly #packages = new Map<string, { readonly packument: object; readonly tarball: Buffer }>();

  private constructor(folder: string) {
    this.#folder = folder;
    this.#server = createServer((request, response) => {
      const [name = '', file] = decodeURIComponent(request.url!.slice(1)).split('/-/');
      const found = this.#packages.get(name);
      response.writeHead(found ? 200 : 404, { 'cache-control': 'no-store' });
      response.end(file === undefined ? JSON.stringify(found?.packument ?? {}) : found?.tarball);
    });
  }

  /** @param root - The repository, whose packages are compiled already. */
  static async open(root: string): Promise<Registry> {
    const registry = new Registry(await mkdtemp(join(tmpdir(), 'tessera-registry-')));
    await new Promise<void>((resolve) => void registry.#server.listen(0, '127.0.0.1', resolve));
    await registry.#pack(root);
    return registry;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #pack(root: string): Promise<void> {
    const folders = globSync('packages/*/package.json', { cwd: root }).map((path) => `./${dirname(path)}`);
    const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', this.#folder, ...folders];
    const { stdout } = await run('npm', args, { cwd: root, shell: process.platform === 'win32', maxBuffer: 2 ** 26 });
    const packed = JSON.parse(stdout) as readonly Packed[] | Readonly<Record<string, Packed>>;
    await Promise.all(Object.values(packed).map((one) => this.#add(one)));
  }

  async #add({ name, version, filename }: Packed): Promise<void> {
    const path = join(this.#folder, filename.replace('@', '').replace('/', '-'));
    const tarball = await readFile(path);
    const { stdout } = await run('tar', ['-xzOf', path, 'package/package.json']);
    const dist = {
      tarball: `${this.address}/${name}/-/${name.split('/')[1]}-${version}.tgz`,
      integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
    };
    const versions = { [version]: { ...(JSON.parse(stdout) as object), dist } };
    this.#packages.set(name, { packument: { name, 'dist-tags': { latest: version }, versions }, tarball });
  }
}
