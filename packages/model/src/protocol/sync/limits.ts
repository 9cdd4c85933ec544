/** Records named at once by `records` and `verify`. */
export const maxNamed = 1000;

/** Mutations in one push. */
export const maxPushed = 50;
