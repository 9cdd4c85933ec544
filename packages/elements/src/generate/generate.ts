import { angular } from './angular.ts';
import type { Files, Generator } from './code.ts';
import { dom } from './dom.ts';
import { jsx } from './jsx.ts';
import { llms } from './llms.ts';
import { namesOf } from './names.ts';
import { react } from './react.ts';
import { readManifest, type Manifest } from './read-manifest.ts';
import { svelte } from './svelte.ts';
import { vscode } from './vscode.ts';
import { vue } from './vue.ts';

const generators = { react, vue, svelte, angular, jsx, dom, vscode, llms } as const satisfies Record<string, Generator>;

export type Target = keyof typeof generators;

export const targets = Object.keys(generators) as readonly Target[];

/** What has no types of its own, or brings them all. */
const alone: readonly Target[] = ['vscode', 'llms', 'dom'];

/**
 * The files that make the elements known to frameworks and editors, under a prefix of one's own.
 *
 * @param manifest - custom-elements.json of this package.
 * @param options.prefix - That of `createCrm`; `crm` unless given.
 * @param options.wanted - All unless given; the types of tags and events come with every other.
 * @throws {RangeError} For a prefix that cannot be one.
 */
export const generate = (
  manifest: Manifest,
  { prefix = 'crm', wanted = targets }: { readonly prefix?: string; readonly wanted?: readonly Target[] } = {},
): Files => {
  const elements = readManifest(manifest);
  const names = namesOf(prefix);
  const needed = new Set<Target>(wanted.flatMap((one) => (alone.includes(one) ? [one] : [one, 'dom'])));
  return Object.assign({}, ...[...needed].map((one) => generators[one](elements, names))) as Files;
};
