import type { AnyRecord } from '../module.ts';
import { matches } from '../query/matches.ts';
import { parseWhere } from '../query/parse-where.ts';
import type { QueryContext } from '../query/query-context.ts';
import type { Where } from '../query/query.ts';
import { compareText } from '../fold.ts';
import type { State } from '../rules/state.ts';
import type { Write } from '../rules/workspace.ts';
import { isAlive } from '../is-alive.ts';
import type { RecordMap } from './record-map.ts';

/** What rules read when the records lie in memory; it remembers who changed which field at which version. */
export class MemoryState implements State {
  readonly #records: RecordMap;
  readonly #context: () => QueryContext;
  readonly #past = new Map<
    string,
    readonly { readonly version: number; readonly values: Readonly<Record<string, unknown>> }[]
  >();
  readonly #numbers: Map<string, number> | null;

  /** @param numbers - False where only a server may give numbers. */
  constructor(records: RecordMap, context: () => QueryContext, { numbers }: { readonly numbers: boolean }) {
    this.#records = records;
    this.#context = context;
    this.#numbers = numbers ? new Map() : null;
  }

  async get(module: string, id: string): Promise<AnyRecord | null> {
    return this.#records.get(module, id) ?? null;
  }

  async getAny(module: string, id: string): Promise<AnyRecord | null> {
    return this.#records.getAny(module, id) ?? null;
  }

  async find(module: string, where: Where): Promise<readonly AnyRecord[]> {
    return (await this.findAll(module, where)).slice(0, 1000);
  }

  async findAll(module: string, where: Where): Promise<readonly AnyRecord[]> {
    const definition = this.#records.registry.get(module);
    const filter = parseWhere(definition, where, this.#context());
    return [...this.#records.all(module)]
      .filter((record) => isAlive(record) && matches(definition, record, filter, this.#records))
      .toSorted((a, b) => compareText(a.id, b.id));
  }

  async findDeleted(batch: string): Promise<readonly { readonly module: string; readonly record: AnyRecord }[]> {
    return this.#records.registry.keys.flatMap((module) =>
      [...this.#records.all(module)]
        .filter((record) => record['deletionBatch'] === batch)
        .map((record) => ({ module, record })),
    );
  }

  async changedSince(module: string, id: string, version: number): Promise<Readonly<Record<string, unknown>> | null> {
    const past = this.#past.get(`${module}/${id}`) ?? [];
    const since = past.filter((entry) => entry.version >= version);
    // the oldest entry wins: it holds what the field was at `version`
    return since.length === 0 ? null : Object.assign({}, ...since.toReversed().map((entry) => entry.values));
  }

  async nextNumber({ module, field, prefix }: Parameters<State['nextNumber']>[0]): Promise<string | null> {
    if (!this.#numbers) return null;
    const next = (this.#numbers.get(`${module}.${field}`) ?? 0) + 1;
    this.#numbers.set(`${module}.${field}`, next);
    return `${prefix}${next}`;
  }

  /** Remembers what a write replaced, for later conflicts. */
  remember({ module, id, before, changed }: Write): void {
    if (!before) return;
    const key = `${module}/${id}`;
    const values = Object.fromEntries(changed.map((field) => [field, before[field]]));
    this.#past.set(key, [...(this.#past.get(key) ?? []), { version: before.version, values }]);
  }
}
