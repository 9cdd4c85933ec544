import { invalid } from '../invalid.ts';
import { isId } from '../id.ts';
import { plainJson } from '../plain-json.ts';
import type { Position, Sort } from './plan.ts';

const bad = () => invalid([{ path: '/after', code: 'cursor' }]);

const toBase64Url = (text: string): string =>
  btoa(String.fromCodePoint(...new TextEncoder().encode(text)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const fromBase64Url = (text: string): string =>
  new TextDecoder('utf-8', { fatal: true }).decode(
    Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.codePointAt(0)!),
  );

const signature = (sort: readonly Sort[]): string =>
  sort.map(({ field, descending }) => (descending ? `-${field}` : field)).join();

/** The position after which the next page begins. Opaque to callers; good only for the same sort. */
export const writeCursor = ({ keys, id }: Position, sort: readonly Sort[]): string =>
  toBase64Url(plainJson([signature(sort), keys, id]));

/** @throws {CrmError} `validation` for anything that `writeCursor` did not make for this sort. */
export const readCursor = (cursor: string, sort: readonly Sort[]): Position => {
  let content: unknown;
  try {
    content = JSON.parse(fromBase64Url(cursor));
  } catch {
    throw bad();
  }
  if (!Array.isArray(content) || content.length !== 3 || content[0] !== signature(sort)) throw bad();
  const [, keys, id] = content as [string, unknown, unknown];
  if (!Array.isArray(keys) || keys.length !== sort.length || !keys.every(isKey) || !isId(id)) throw bad();
  return { keys, id };
};

const isKey = (key: unknown): key is string | number | boolean | null =>
  key === null || ['string', 'number', 'boolean'].includes(typeof key);
