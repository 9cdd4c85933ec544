import { CrmError, isCrmError } from '@tessera-crm/model/errors.js';
import type { Defined } from '../frame/define.ts';
import { elementTable, isElementName, loadElement, type ElementName } from './element-table.ts';

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
  /** Elements appear no earlier, so that their look does not change before a person's eyes. */
  readonly dressed: Promise<unknown>;
  failed(error: CrmError, name: string): void;
  loaded(name: string, milliseconds: number): void;
}

/** Fetches elements side by side and registers each as soon as it is there; never rejects. */
export const defineElements = async (names: readonly string[], context: Context): Promise<DefinedElements> => {
  const wanted = names.length > 0 ? names : (Object.keys(elementTable) as ElementName[]);
  const ends = await Promise.all(
    [...new Set(wanted)].map(async (name) => ({ tag: `${context.prefix}-${name}`, end: await define(name, context) })),
  );
  const tagsThat = (end: Defined): readonly string[] => ends.filter((one) => one.end === end).map(({ tag }) => tag);
  return {
    defined: tagsThat('defined'),
    reused: tagsThat('reused'),
    conflict: tagsThat('conflict'),
    failed: ends.flatMap(({ tag, end }) => (isCrmError(end) ? [{ tag, error: end }] : [])),
  };
};

const define = async (
  name: string,
  { prefix, registry, dressed, failed, loaded }: Context,
): Promise<Defined | CrmError> => {
  if (!isElementName(name)) return 'conflict';
  const start = performance.now();
  try {
    const Element = await loadElement(name);
    loaded(name, performance.now() - start);
    await dressed;
    return Element.define(`${prefix}-${name}`, registry);
  } catch (cause) {
    const error = new CrmError('load-failed', `The code of ${prefix}-${name}`, {}, cause);
    failed(error, name);
    return error;
  }
};
