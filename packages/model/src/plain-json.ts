/**
 * JSON of plain data, on any page. Libraries of the Prototype.js family put `toJSON` on arrays, strings and numbers,
 * which turns `["a"]` into `"[\"a\"]"`, and some put it on every object; what the replacer returns is written as it is.
 */
export const plainJson = (value: unknown): string => JSON.stringify(value, replacer());

/** The same on many lines, for people. */
export const readableJson = (value: unknown): string => JSON.stringify(value, replacer(), 2);

/** None where nothing is in the way: with any, engines write JSON several times slower. */
const replacer = (): typeof untouched | undefined => ([[], '', 0, true].some(hasToJson) ? untouched : undefined);

const hasToJson = (value: unknown): boolean => Boolean((value as Holder)['toJSON']);

type Holder = Readonly<Record<string, { readonly toJSON?: unknown } | null | undefined>>;

/** A `toJSON` that a date or an object of somebody's class brings along is meant. */
function untouched(this: Holder, key: string, changed: unknown): unknown {
  const own = this[key];
  const isForeign = typeof own !== 'object' || Array.isArray(own) || own?.toJSON === ({} as Holder)['toJSON'];
  return isForeign ? own : changed;
}
