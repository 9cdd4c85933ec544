type Values = Readonly<Record<string, unknown>>;

/** The parts of a JSON pointer. @see RFC 6901 */
export const partsOf = (path: string): readonly string[] =>
  path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

/** The value at a path; undefined where there is none. */
export const valueAt = (values: unknown, path: string): unknown => {
  let at = values;
  for (const part of partsOf(path)) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Values)[part];
  }
  return at;
};

/** The same values with another one at a path; whatever is missing on the way is made. */
export const withValueAt = (values: Values, path: string, value: unknown): Values =>
  put(values, partsOf(path), value) as Values;

const put = (at: unknown, [part, ...rest]: readonly string[], value: unknown): unknown => {
  if (part === undefined) return value;
  if (Array.isArray(at))
    return at.map((one, index) => (index === Number(part) ? put(one, rest, value) : (one as unknown)));
  const old = (at ?? {}) as Values;
  return { ...old, [part]: put(old[part], rest, value) };
};
