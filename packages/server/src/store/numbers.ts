import type { Change } from '@tessera-crm/model/change.js';
import type { Module } from '@tessera-crm/model/module.js';
import type { Registry } from '@tessera-crm/model/registry.js';

/** Gives the next numbers of a series, in order. */
export type TakeNumbers = (series: string, count: number) => Promise<readonly number[]>;

const isNumbered = (options: object): boolean => 'prefix' in options && typeof options.prefix === 'string';

const numberedFields = (module: Module | undefined): readonly string[] =>
  Object.entries(module?.fields ?? {})
    .filter(([, { options }]) => isNumbered(options))
    .map(([field]) => field);

/** How many numbers of which series the changes will surely need. */
const neededBy = (changes: readonly Change[], registry: Registry): ReadonlyMap<string, number> => {
  const needed = new Map<string, number>();
  const created = Map.groupBy(
    changes.filter(({ op }) => op === 'create'),
    ({ module }) => module,
  );
  for (const [module, some] of created) {
    for (const field of numberedFields(registry.find(module))) needed.set(`${module}.${field}`, some.length);
  }
  return needed;
};

/** The numbers of one batch. */
export class Numbers {
  readonly #free = new Map<string, number[]>();

  /** Takes those that are foreseen, before a transaction begins: a batch that fails leaves a gap, and nobody waits. */
  async prepare(changes: readonly Change[], registry: Registry, take: TakeNumbers): Promise<void> {
    const taken = [...neededBy(changes, registry)].map(async ([series, count]) =>
      this.#free.set(series, [...(await take(series, count))]),
    );
    await Promise.all(taken);
  }

  /** @param take - Asked only for a number that nobody foresaw. */
  async next(series: string, take: TakeNumbers): Promise<number> {
    return this.#free.get(series)?.shift() ?? (await take(series, 1))[0]!;
  }
}
