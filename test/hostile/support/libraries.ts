import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type PluginBuild } from 'esbuild';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Libraries of hosts that come as they are delivered. */
const delivered: Readonly<Record<string, string>> = {
  'jquery.js': 'jquery/dist/jquery.js',
  'htmx.js': 'htmx.org/dist/htmx.js',
  'zone.js': 'zone.js/bundles/zone.umd.js',
};

const built = new Map<string, Promise<string>>();

/** The text of a library, or of an app in `apps/` with its framework inside; undefined for a name of neither. */
export const libraryFile = async (name: string): Promise<string | undefined> => {
  const path = delivered[name];
  if (path !== undefined) return readFile(join(root, 'node_modules', path), 'utf8');
  const app = /^([a-z0-9-]+)-app\.js$/.exec(name)?.[1];
  if (app === undefined) return undefined;
  if (!built.has(app)) built.set(app, bundle(join(root, 'test', 'hostile', 'apps', `${app}.js`)));
  return built.get(app);
};

const bundle = async (entry: string): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    write: false,
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [svelte],
  });
  return outputFiles[0]!.text;
};

/** Components of Svelte, compiled as its own tools do. */
const svelte = {
  name: 'svelte',
  setup(context: PluginBuild) {
    context.onLoad({ filter: /\.svelte$/ }, async ({ path }) => {
      const { compile } = await import('svelte/compiler');
      const { js } = compile(await readFile(path, 'utf8'), { filename: path, generate: 'client' });
      return { contents: js.code, loader: 'js', resolveDir: dirname(path) };
    });
  },
};
