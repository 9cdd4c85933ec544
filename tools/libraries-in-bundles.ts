import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const templates = fileURLToPath(new URL('html-template.ts', import.meta.url));

/** What is other in a file: each pattern has to be there once, or as often as is said, whatever names were shortened to. */
type Changes = readonly (readonly [pattern: RegExp, replacement: string, times?: number])[];

/** Lit writes its version into a list of the window: the names there are the page's, and a form may be called so. */
const unlisted = (name: string): Changes[number] => [
  new RegExp(`[,;]\\(\\w+\\.${name}Versions\\?\\?=\\[\\]\\)\\.push\\("[\\d.]+"\\)`),
  '',
];

const changes: Readonly<Record<string, Changes>> = {
  'lit-html/lit-html.js': [
    [/(\w+)=\w+\.trustedTypes,(\w+)=\1\?\1\.createPolicy\("lit-html",\{createHTML:\w+=>\w+\}\):void 0,/, ''],
    [/return void 0!==(\w+)\?\1\.createHTML\((\w+)\):\2/, 'return $2'],
    [/(textContent=)(\w+)\?\2\.emptyScript:""/, '$1""'],
    // Marks that scripts may give as names of attributes, too: see template-parser.ts
    [/"\$lit\$"/, '".lit."'],
    [/`lit\$\$\{(.*?)\}\$`/, '`lit.${$1}.`'],
    [/const (\w+)=\w+\.createElement\("template"\);return \1\.innerHTML=(\w+),\1/, 'return templateOf($2)'],
    [/,(\w+)=\w+\.litHtmlPolyfillSupport;\1\?\.\(\w+,\w+\)/, ''],
    unlisted('litHtml'),
    [/^/, `import{templateOf}from${JSON.stringify(templates)};`],
  ],
  '@lit/reactive-element/reactive-element.js': [
    [/(\w+)=\w+\.trustedTypes,(\w+)=\1\?\1\.emptyScript:""/, '$2=""'],
    [/,(\w+)=\w+\.reactiveElementPolyfillSupport(.*?),\1\?\.\(\{ReactiveElement:\w+\}\)/, '$2'],
    [/Symbol\.metadata\?\?=Symbol\("metadata"\),\w+\.litPropertyMetadata\?\?=new WeakMap;/, ''],
    // Decorators that somebody uses on elements of their own bring it
    [/(=)(litPropertyMetadata)\.get\(/, '$1globalThis.$2?.get?.('],
    unlisted('reactiveElement'),
  ],
  'lit-element/lit-element.js': [
    [
      /,\w+\.litElementHydrateSupport\?\.\(\{LitElement:\w+\}\);const (\w+)=\w+\.litElementPolyfillSupport;\1\?\.\(\{LitElement:\w+\}\)/,
      '',
    ],
    unlisted('litElement'),
  ],
  // Settings that all copies of zod on a page would share
  'zod/v4/core/core.js': [
    [/globalThis\.__zod_globalConfig\?\.postProcessor/, 'globalConfig.postProcessor'],
    [/\(_a = globalThis\)\.__zod_globalConfig \?\? \(_a\.__zod_globalConfig = \{\}\);/, ''],
    [/(globalConfig = )globalThis\.__zod_globalConfig/, '$1{}'],
  ],
  'zod/v4/core/util.js': [[/(for \(const key) in (table|computes)\) \{/, '$1 of Object.keys($2)) {', 2]],
  'zod/v4/core/schemas.js': [[/(for \(const key) in (input|shape)\) \{/, '$1 of Object.keys($2)) {', 3]],
  // What the bundler itself puts in, for modules that are asked for as a whole
  'rolldown/runtime.js': [[/(for \(var name) in (all)\)/, '$1 of Object.keys($2))', 2]],
};

/**
 * Lit, zod and the bundler's own helpers, for bundles that have to live on any page: less what they want of the
 * page, which is a policy for Trusted Types, a dozen globals and listeners that stay, and deaf to what old scripts add to
 * `Object.prototype`, at which some of them throw. Fails where one has become another than the one this was written for.
 */
export const librariesInBundles = (): Plugin => ({
  name: 'tessera-libraries-in-bundles',
  enforce: 'pre',
  transform: {
    filter: { id: /([\\/]node_modules[\\/](@lit|lit-\w+|zod|dexie)[\\/].*\.m?js|\0rolldown\/runtime\.js)$/ },
    handler(code, id) {
      const path = id.replaceAll('\\', '/');
      const [, wanted] = Object.entries(changes).find(([name]) => path.endsWith(name)) ?? [];
      return wanted && { code: wanted.reduce((text, change) => changed(text, change, path), code), map: null };
    },
  },
});

const changed = (code: string, [pattern, replacement, times = 1]: Changes[number], path: string): string => {
  const everywhere = new RegExp(pattern, 'g');
  const found = code.match(everywhere)?.length ?? 0;
  if (found !== times) throw new Error(`${path} has ${found} of ${pattern}, expected ${times}`);
  return code.replace(everywhere, replacement);
};
