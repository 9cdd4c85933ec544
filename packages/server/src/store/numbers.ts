import type { Change } from '@tessera-crm/model/change.js';
import type { Module } from '@tessera-crm/model/module.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import { takeNumbers } from '../sql/numbers.ts';
import type { Run } from './read-page.ts';

const isNumbered = (options: object): boolean => 'prefix' in options && typeof options.prefix === 'string';

const numberedFields = (module: Module | undefined): readonly string[] =>
  Object.entries(module?.fields ?? {}).filter(([, { options }]) => isNumbered(options)).map(([field]) => field);

/**
 * Numbers of a tenant's series for one batch. Those that the batch will surely need are taken at once, before its
 * transaction begins, so that writers do not wait for each other; a batch that fails leaves a gap.
 */
export class Numbers {
  readonly #tenant: string;
  readonly #free = new Map<string, number[]>();

  constructor(tenant: string) {
    this.#tenant = tenant;
  }

  /** @param run - Runs a statement by itself. */
  async prepare(changes: readonly Change[], registry: Registry, run: Run): Promise<void> {
    const needed = new Map<string, number>();
    for (const { op, module } of changes) {
      if (op !== 'create') continue;
      for (const field of numberedFields(registry.find(module))) needed.set(`${module}.${field}`, (needed.get(`${module}.${field}`) ?? 0) + 1);
    }
    await Promise.all([...needed].map(([series, count]) => this.#take(series, count, run)));
  }

  /** The next of a series; `run` is asked only for one that nobody foresaw. */
  async next(series: string, run: Run): Promise<number> {
    if (!this.#free.get(series)?.length) await this.#take(series, 1, run);
    return this.#free.get(series)!.shift()!;
  }

  async #take(series: string, count: number, run: Run): Promise<void> {
    const { rows } = await run(takeNumbers({ tenant: this.#tenant, series, count }));
    const last = rows[0]![0] as number;
    const free = this.#free.get(series) ?? [];
    for (let number = last - count + 1; number <= last; number++) free.push(number);
    this.#free.set(series, free);
  }
}
