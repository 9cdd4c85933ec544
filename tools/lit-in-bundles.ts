import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const templates = fileURLToPath(new URL('html-template.ts', import.meta.url));

/** What is other in a file of Lit. Each pattern has to be there once, whatever the names in it were shortened to. */
type Changes = readonly (readonly [pattern: RegExp, replacement: string])[];

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
};

/**
 * Lit, for bundles that have to live on any page: less what it wants of the page by name, which is a policy for Trusted
 * Types and a dozen globals. Fails where Lit has become another than the one this was written for.
 */
export const litInBundles = (): Plugin => ({
  name: 'tessera-lit-in-bundles',
  enforce: 'pre',
  transform: {
    filter: {
      id: /[\\/](lit-html[\\/]lit-html|reactive-element[\\/]reactive-element|lit-element[\\/]lit-element)\.js$/,
    },
    handler(code, id) {
      const path = id.replaceAll('\\', '/');
      const [, wanted = []] = Object.entries(changes).find(([name]) => path.endsWith(`/${name}`)) ?? [];
      return { code: wanted.reduce((text, change) => once(text, change, path), code), map: null };
    },
  },
});

const once = (code: string, [pattern, replacement]: Changes[number], path: string): string => {
  const found = code.match(new RegExp(pattern, 'g'))?.length ?? 0;
  if (found !== 1) throw new Error(`${path} has ${found} of ${pattern}, expected 1`);
  return code.replace(pattern, replacement);
};
