import { CrmError } from '@tessera-crm/model/errors.js';
import { invalid } from '@tessera-crm/model/invalid.js';
import { pointer } from '@tessera-crm/model/schema.js';
import { jsonFault, pathOfEnd } from './json-fault.ts';

/** Bytes of one body at most; files have a limit of their own. */
export const maxBodyBytes = 1024 * 1024;

/** Levels of brackets within brackets at most: deep enough for any value, far from anybody's stack. */
const maxDepth = 40;

/** Keys that would reach into prototypes wherever an object is copied carelessly. */
const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * The JSON object in a request's body.
 *
 * @throws {CrmError} `too-large` beyond `maxBodyBytes` · `validation` for another content type, broken JSON (with line
 * and column), anything but an object, nesting beyond reason, keys that reach into prototypes
 */
export const readJson = async (request: Request): Promise<Readonly<Record<string, unknown>>> => {
  checkType(request.headers.get('content-type'));
  const value = parse(await readText(request));
  if (!isTree(value) || Array.isArray(value)) throw refusal('object', 'The body has to be a JSON object.');
  checkTree(value, []);
  return value as Readonly<Record<string, unknown>>;
};

/** Like `readJson`, but no body at all stands for an empty object: actions often need no arguments. */
export const readOptionalJson = async (request: Request): Promise<Readonly<Record<string, unknown>>> =>
  request.headers.get('content-type') === null && (request.headers.get('content-length') ?? '0') === '0'
    ? {}
    : readJson(request);

const refusal = (code: string, message: string, params: Readonly<Record<string, unknown>> = {}, path = ''): CrmError =>
  new CrmError('validation', message, { issues: [{ path, code, params }] });

const checkType = (type: string | null): void => {
  const essence = type?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (essence !== 'application/json' && !/^application\/[\w.-]+\+json$/.test(essence))
    throw refusal('content-type', 'Send JSON with the content type application/json.', {
      expected: 'application/json',
    });
};

/** The value in the middle of which the limit lies is what made the body too large, as far as anything did. */
const tooLarge = (begun: string): CrmError =>
  new CrmError('too-large', `A body has at most ${maxBodyBytes} bytes.`, {
    issues: [{ path: pointer(pathOfEnd(begun)), code: 'too-large', params: { max: maxBodyBytes } }],
  });

const readText = async (request: Request): Promise<string> => {
  const declared = Number(request.headers.get('content-length') ?? Number.NaN);
  // a length that is told is kept to by the HTTP parser, so the text comes in one piece
  if (Number.isInteger(declared) && declared <= maxBodyBytes) return request.text();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of (request.body as ReadableStream<Uint8Array> | null) ?? []) {
    text += decoder.decode(chunk.subarray(0, maxBodyBytes - bytes), { stream: true });
    bytes += chunk.byteLength;
    if (bytes > maxBodyBytes) throw tooLarge(text);
  }
  return text + decoder.decode();
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    const { line, column } = jsonFault(text);
    throw refusal('json', `The body is not JSON: it breaks at line ${line}, column ${column}.`, { line, column });
  }
};

const isTree = (value: unknown): value is object => typeof value === 'object' && value !== null;

const checkTree = (tree: object, path: readonly string[]): void => {
  if (path.length >= maxDepth) throw invalid([{ path: pointer(path), code: 'too-deep', params: { max: maxDepth } }]);
  if (Array.isArray(tree)) {
    for (const [index, item] of tree.entries()) if (isTree(item)) checkTree(item, [...path, String(index)]);
    return;
  }
  for (const [key, item] of Object.entries(tree)) {
    if (forbiddenKeys.has(key))
      throw invalid([{ path: pointer([...path, key]), code: 'unknown-field', params: { field: key } }]);
    if (isTree(item)) checkTree(item, [...path, key]);
  }
};
