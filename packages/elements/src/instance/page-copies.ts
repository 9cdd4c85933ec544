/** One instance on a page, as all copies of this library tell of theirs. */
export interface PageInstance {
  readonly version: string;
  readonly prefix: string;
  /** The file that the copy came from. */
  readonly url: string;
}

/** The same for every copy, whatever its version. */
const place = Symbol.for('tessera.instances');

const page = globalThis as { [place]?: Set<PageInstance> };

/** Tells the other copies of this library on the page of an instance. @returns How to take it back. */
export const enterPage = (instance: PageInstance): (() => void) => {
  const all = (page[place] ??= new Set());
  all.add(instance);
  return () => {
    all.delete(instance);
    if (all.size === 0) delete page[place];
  };
};

/** The instances of all copies. */
export const instancesOnPage = (): readonly PageInstance[] => [...(page[place] ?? [])];
