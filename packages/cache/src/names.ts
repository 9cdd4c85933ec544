/** A record by its module and id. */
export type Name = readonly [module: string, id: string];

interface Named {
  readonly module: string;
  readonly id: string;
}

/** @param key - As `keyOf` of the protocol makes it. */
export const namedBy = (key: string): Named => {
  const at = key.indexOf('|');
  return { module: key.slice(0, at), id: key.slice(at + 1) };
};

export const nameOf = ({ module, id }: Named): Name => [module, id];
