import type { Plugin } from 'vite';

interface Rewriting {
  readonly of: RegExp;
  readonly rules: readonly (readonly [from: RegExp, to: string])[];
}

const rewritings: readonly Rewriting[] = [
  {
    of: /node_modules\/(?:lit-html|lit-element|@lit\/reactive-element)\//,
    rules: [
      // Only Lit's development build reads these, to warn of several versions; ours may live beside others
      [/\(\w+\.(?:litHtmlVersions|reactiveElementVersions|litElementVersions)\?\?=\[\]\)\.push\("[^"]*"\)/g, '0'],
      // What decorators write down, and we have none; it is read by its bare name
      [/\w+\.litPropertyMetadata\?\?=new WeakMap/g, '0'],
      [/\blitPropertyMetadata\.get\(/g, 'new WeakMap().get('],
    ],
  },
  {
    of: /node_modules\/zod\//,
    rules: [
      // Settings that all copies of zod on a page would share
      [/\(_a = globalThis\)\.__zod_globalConfig \?\? \(_a\.__zod_globalConfig = \{\}\);/g, ''],
      [/\bglobalThis\.__zod_globalConfig\b/g, '{}'],
      // Old scripts add to Object.prototype, and `for … in` meets what they added
      [/for \(const (\w+) in (\w+)\)/g, 'for (const $1 of Object.keys($2))'],
    ],
  },
];

/** Libraries in the bundle leave nothing on a page's global object, and do not stumble over what the page has added. */
export const politeLibraries = (): Plugin => ({
  name: 'tessera-polite-libraries',
  transform: {
    filter: { id: /node_modules\/(?:lit-html|lit-element|@lit\/reactive-element|zod)\/.*\.js$/ },
    handler(code, id) {
      const rules = rewritings.find(({ of }) => of.test(id))?.rules ?? [];
      const text = rules.reduce((whole, [from, to]) => whole.replace(from, to), code);
      return text === code ? null : { code: text, map: null };
    },
  },
});
