import { CrmError, isCrmError } from '@tessera-crm/model/errors.js';
import { defineElement, type Defined, type ElementClass } from '../frame/define.ts';
import type { CrmSettings } from '../frame/instance.ts';
import { shellOf } from '../shell/shell.ts';
import { shellTable } from '../shell/shell-table.ts';
import { elementTable, isElementName, loadElement, type ElementName } from './element-table.ts';
import { reservedHeights } from './reserved-heights.ts';

/** What became of the tags, and why some have no code. */
export interface DefinedElements {
  readonly defined: readonly string[];
  /** Registered before, by us or by another copy of this library. */
  readonly reused: readonly string[];
  /** Taken by somebody else, or unknown to us. */
  readonly conflict: readonly string[];
  readonly failed: readonly { readonly tag: string; readonly error: CrmError }[];
}

interface Context {
  readonly prefix: string;
  readonly registry: CustomElementRegistry;
  settings(): CrmSettings;
  /** An element is about to be shown. */
  wanted(): void;
  /** Elements appear no earlier, so that their look does not change before a person's eyes. */
  dressed(): Promise<unknown>;
  failed(error: CrmError, name: string): void;
  loaded(name: string, milliseconds: number): void;
}

/**
 * Registers tags at once; the code behind them is fetched when their elements are wanted. Resolves when the look of the
 * instance is there, too; never rejects.
 */
export const defineElements = async (names: readonly string[], context: Context): Promise<DefinedElements> => {
  const wanted = names.length > 0 ? names : Object.keys(elementTable);
  const ends = await Promise.all(
    [...new Set(wanted)].map(async (name) => ({ tag: `${context.prefix}-${name}`, end: await define(name, context) })),
  );
  await context.dressed();
  const tagsThat = (end: Defined): readonly string[] => ends.filter((one) => one.end === end).map(({ tag }) => tag);
  return {
    defined: tagsThat('defined'),
    reused: tagsThat('reused'),
    conflict: tagsThat('conflict'),
    failed: ends.flatMap(({ tag, end }) => (isCrmError(end) ? [{ tag, error: end }] : [])),
  };
};

const define = (name: string, context: Context): Defined | CrmError | Promise<Defined | CrmError> => {
  if (!isElementName(name)) return 'conflict';
  const { prefix, registry } = context;
  const tag = `${prefix}-${name}`;
  if (isShell(name)) return defineElement(shellFor(name, context), tag, registry, prefix);
  return load(name, context).then(
    (Element) => defineElement(Element, tag, registry, prefix),
    (cause: unknown) => failure(name, cause, context),
  );
};

/** The elements whose tags cost nothing before they are used. */
export const shellNames = Object.keys(shellTable) as readonly (keyof typeof shellTable)[];

const isShell = (name: ElementName): name is keyof typeof shellTable => Object.hasOwn(shellTable, name);

const shellFor = (name: keyof typeof shellTable, context: Context): ElementClass =>
  shellOf(name, shellTable[name], {
    prefix: context.prefix,
    settings: () => context.settings(),
    height: reservedHeights[name],
    async load() {
      context.wanted();
      const code = [load(name, context), import('../shell/move-in.ts'), context.dressed()] as const;
      const [Element, { moveIn }] = await Promise.all(code);
      return { Element, moveIn };
    },
    failed: (cause) => failure(name, cause, context),
  });

const load = async (name: ElementName, { loaded }: Context): Promise<ElementClass> => {
  const start = performance.now();
  const Element = await loadElement(name);
  loaded(name, performance.now() - start);
  return Element;
};

const failure = (name: string, cause: unknown, { prefix, failed }: Context): CrmError => {
  const error = new CrmError('load-failed', `The code of ${prefix}-${name}`, {}, cause);
  failed(error, name);
  return error;
};
