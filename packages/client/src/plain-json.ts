/**
 * JSON of plain data, on any page. Libraries of the Prototype.js family put `toJSON` on arrays, strings and numbers,
 * which turns `["a"]` into `"[\"a\"]"`; what the replacer returns is written as it is.
 */
export const plainJson = (value: unknown): string => JSON.stringify(value, untouched);

function untouched(this: Readonly<Record<string, unknown>>, key: string, changed: unknown): unknown {
  const own = this[key];
  return typeof own === 'object' && !Array.isArray(own) ? changed : own;
}
