import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type PluginBuild } from 'esbuild';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Libraries of hosts that come as they are delivered. */
const delivered: Readonly<Record<string, string>> = {
  'jquery.js': 'jquery/dist/jquery.js',
  'jquery-ui.js': 'jquery-ui/dist/jquery-ui.js',
  'htmx.js': 'htmx.org/dist/htmx.js',
  'turbo.js': '@hotwired/turbo/dist/turbo.es2017-umd.js',
  'zone.js': 'zone.js/bundles/zone.umd.js',
};

/** Style sheets of hosts, which are put together from many files. */
const sheets: Readonly<Record<string, string>> = {
  'jquery-ui.css': 'jquery-ui/themes/base/all.css',
  'web-awesome.css': '@awesome.me/webawesome/dist/styles/webawesome.css',
};

const built = new Map<string, Promise<string>>();

/** The text of a library, its style sheet, or of an app in `apps/` with its framework inside; undefined for others. */
export const libraryFile = async (name: string): Promise<string | undefined> => {
  const path = delivered[name];
  if (path !== undefined) return readFile(join(root, 'node_modules', path), 'utf8');
  const entry = entryOf(name);
  if (entry === undefined) return undefined;
  if (!built.has(name)) built.set(name, bundle(entry));
  return built.get(name);
};

const entryOf = (name: string): string | undefined => {
  const sheet = sheets[name];
  if (sheet !== undefined) return join(root, 'node_modules', sheet);
  const app = /^([a-z0-9-]+)-app\.js$/.exec(name)?.[1];
  return app && join(root, 'test', 'hostile', 'apps', `${app}.js`);
};

const bundle = async (entry: string): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    conditions: ['tessera-source'],
    format: 'esm',
    write: false,
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.png': 'dataurl' },
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
