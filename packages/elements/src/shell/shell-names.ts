/** What an element's public class has, as its manifest says: names between spaces. */
export interface ShellPlan {
  /** Properties that pages set. */
  readonly set: string;
  /** Properties that pages only read. */
  readonly get: string;
  /** Methods; they wait for the code. */
  readonly call: string;
  /** Part of the form around it. */
  readonly isForm?: boolean;
}

export const namesIn = (text: string): readonly string[] => text.split(' ').filter(Boolean);

/** Gives a class what is described for each of the names. */
export const declare = <S extends object>(
  prototype: S,
  names: string,
  describe: (name: string) => PropertyDescriptor & ThisType<S>,
): void => {
  for (const name of namesIn(names)) {
    // Without a prototype: pages add to that of all objects, and browsers read descriptors through it
    const descriptor = { __proto__: null, configurable: true, ...describe(name) };
    Object.defineProperty(prototype, name, descriptor);
  }
};
