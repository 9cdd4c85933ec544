import { createServer } from 'node:http';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { build, type Plugin } from 'vite';
import { bundleSettings } from '../../../tools/bundle-settings.ts';
import { bringPeers } from './peers.ts';

/** Everybody who keeps contacts in a page, each in a bundle of its own; `online` is ours over a server. */
export type Name = 'ours' | 'online' | 'raw' | 'dexie' | 'rxdb' | 'tanstack' | 'replicache' | 'zero';

const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.html': 'text/html' };

/** As a page is delivered that measures time finely, and that was here before. */
const headers = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

export interface Pages {
  readonly origin: string;
  urlOf(name: Name): string;
  close(): void;
}

/** Bundles the pages of those who take part, and serves them. */
export const servePages = async (names: readonly Name[]): Promise<Pages> => {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-bench-'));
  for (const name of names) await bundle(name, join(folder, name));
  const server = createServer(({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const name = /^\/(\w+)\/$/.exec(pathname)?.[1];
    const page = `<!doctype html><meta charset="utf-8"><body><script type="module" src="/${name}/${name}.js"></script>`;
    try {
      const body = name === undefined ? readFileSync(join(folder, pathname)) : page;
      const type = types[extname(pathname) || '.html'] ?? 'text/plain';
      const caching = name === undefined ? 'max-age=31536000, immutable' : 'no-cache';
      response.writeHead(200, { ...headers, 'content-type': type, 'cache-control': caching }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    urlOf: (name) => `${origin}/${name}/`,
    close: () => {
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const bundle = async (name: Name, outDir: string): Promise<void> => {
  const { build: building, ...settings } = settingsOf(name);
  await build({
    ...settings,
    build: {
      ...building,
      outDir,
      emptyOutDir: true,
      rolldownOptions: {
        ...building.rolldownOptions,
        input: { [name]: join(import.meta.dirname, 'contenders', `${name}.ts`) },
      },
    },
  });
};

/** Ours as we deliver it; the others as their packages are, of which we leave out what we do not use. */
export const settingsOf = (name: Name) => {
  const isOurs = name === 'ours' || name === 'online';
  const own = isOurs ? bundleSettings : { ...bundleSettings, plugins: [peersFromTheirFolder()] };
  const resolve = isOurs ? bundleSettings.resolve : { conditions: bundleSettings.resolve.conditions };
  return { ...own, resolve, root: import.meta.dirname, configFile: false, logLevel: 'error' } as const;
};

/** Peers are no dependencies of ours: what the contenders import of them is found where it was installed. */
const peersFromTheirFolder = (): Plugin => {
  const folder = bringPeers();
  const contenders = join(import.meta.dirname, 'contenders');
  return {
    name: 'tessera-bench-peers',
    enforce: 'pre',
    resolveId(source, importer) {
      const isOurs = source.startsWith('.') || source.startsWith('@tessera-crm/');
      if (isOurs || !importer?.startsWith(contenders)) return null;
      return this.resolve(source, join(folder, 'index.js'), { skipSelf: true });
    },
  };
};
