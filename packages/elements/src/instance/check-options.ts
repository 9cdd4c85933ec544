import { CrmError } from '@tessera-crm/model/errors.js';
import type { CrmOptions } from './options.ts';

type Check = readonly [isRight: (value: unknown) => boolean, must: string];

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isText = (value: unknown): boolean => typeof value === 'string';
const isFunction = (value: unknown): boolean => typeof value === 'function';
const has = (value: unknown, name: string): boolean => isObject(value) && name in value;

/** Whether the platform takes it; what it makes of it is of no account. */
const isTaken = (make: () => unknown): boolean => {
  try {
    make();
    return true;
  } catch {
    return false;
  }
};

const isSource = (value: unknown): boolean =>
  typeof value === 'string'
    ? URL.canParse(value, globalThis.document?.baseURI ?? 'http://localhost')
    : has(value, 'watchList');

const isSources = (value: unknown): boolean => {
  if (isSource(value)) return true;
  const all = isObject(value) && !Array.isArray(value) ? Object.values(value) : [];
  return all.length > 0 && all.every(isSource);
};

const text: Check = [isText, 'be a text'];
const fn: Check = [isFunction, 'be a function'];
const object: Check = [isObject, 'be an object'];

/** What every option has to be. No sentence repeats the value, which may be a token at the wrong place. */
const checks: { readonly [Name in keyof CrmOptions]-?: Check } = {
  backends: [isSources, 'be an address, a store, or a record of at least one of these by name'],
  getToken: [(value) => isFunction(value) || has(value, 'postMessage'), 'be a function or a MessagePort'],
  scope: [(value) => Array.isArray(value) && value.every(isText), 'be a list of rights, such as "deals:read"'],
  prefix: [(value) => /^[a-z][a-z0-9]*$/.test(String(value)), 'be lower-case letters and digits'],
  identity: text,
  tenant: text,
  cache: [
    (value) => isObject(value) && ['auto', 'memory', 'off'].includes((value as { mode: string }).mode),
    "be { mode: 'auto' | 'memory' | 'off' }",
  ],
  locale: [
    (value) => isText(value) && isTaken(() => Intl.getCanonicalLocales(value as string)),
    'be a language, such as "it"',
  ],
  timeZone: [
    (timeZone) => isTaken(() => new Intl.DateTimeFormat('en', { timeZone: timeZone as string })),
    'be a time zone of IANA, such as "Europe/Rome"',
  ],
  currency: [(value) => /^[A-Z]{3}$/.test(String(value)), 'be a currency of ISO 4217, such as "EUR"'],
  registry: [(value) => has(value, 'define'), 'be a CustomElementRegistry'],
  modules: object,
  messages: object,
  appearance: object,
  isolation: [(value) => value === 'soft' || value === 'strict', "be 'soft' or 'strict'"],
  density: [
    (value) => ['compact', 'normal', 'comfortable'].includes(value as string),
    "be 'compact', 'normal' or 'comfortable'",
  ],
  links: fn,
  fetch: fn,
  onError: fn,
  onMetric: fn,
};

/** What an instance is all its life. */
const fixed: readonly string[] = ['prefix', 'registry', 'identity', 'tenant'];

/**
 * @param isUpdate - Whether the instance exists already.
 * @throws {CrmError} `config`, with a sentence that names the first option that is wrong.
 */
export const checkOptions = (options: object, isUpdate = false): void => {
  if (!isObject(options)) throw new CrmError('config', 'The options must be an object.');
  for (const [name, value] of Object.entries(options)) {
    const refuse = (why: string): never => {
      throw new CrmError('config', `The option \`${name}\` ${why}.`, { option: name });
    };
    const check = Object.hasOwn(checks, name) ? checks[name as keyof CrmOptions] : refuse('does not exist');
    if (isUpdate && fixed.includes(name)) refuse('cannot be changed by update()');
    if (value !== undefined && !check[0](value)) refuse(`must ${check[1]}`);
  }
  if (!isUpdate && !has(options, 'backends')) throw new CrmError('config', 'The option `backends` is missing.');
};
