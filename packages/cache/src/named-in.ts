/** Modules that a question to the feed names at most: more of them fit into no address. */
const mostNamed = 50;

/** R19: how these are named in a question; undefined for all modules. */
export const namedIn = (modules: ReadonlySet<string>): readonly string[] | undefined =>
  modules.size > mostNamed ? undefined : [...modules];
