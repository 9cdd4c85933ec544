import type { Change } from '../change.ts';
import { isCrmError } from '../errors.ts';
import { uuid7 } from '../id.ts';
import { MemoryState } from '../memory/memory-state.ts';
import { RecordMap } from '../memory/record-map.ts';
import type { AnyRecord } from '../module.ts';
import { builtInRegistry } from '../modules/built-in.ts';
import type { QueryContext } from '../query/query-context.ts';
import type { Where } from '../query/query.ts';
import { seededRandom } from '../random.ts';
import type { Identity } from '../rule.ts';
import { apply } from '../rules/apply.ts';
import { defaultSettings, type Settings } from '../settings.ts';

type Values = Readonly<Record<string, unknown>>;

const start = '2026-06-15T10:00:00.000Z';

/** A tenant in memory in which rules are tried: time stands still and the same one acts until told otherwise. */
export class RuleBench {
  now = start;
  identity: Identity = { type: 'system' };
  readonly settings: Settings;
  readonly #records = new RecordMap(builtInRegistry());
  readonly #state = new MemoryState(this.#records, () => this.#queryContext(), { numbers: true });
  readonly #random = seededRandom(7);

  constructor(settings: Partial<Settings> = {}) {
    this.settings = { ...defaultSettings, ...settings };
  }

  newId(): string {
    return uuid7(
      Date.parse(start),
      Uint8Array.from({ length: 10 }, () => this.#random.integer(0, 255)),
    );
  }

  /** Makes a record. @returns It as it is stored. */
  async add(module: string, values: Values): Promise<AnyRecord> {
    const id = this.newId();
    await this.#apply({ op: 'create', module, id, values });
    return this.get(module, id);
  }

  async set(module: string, { id }: { readonly id: string }, values: Values): Promise<AnyRecord> {
    await this.#apply({ op: 'update', module, id, values });
    return this.get(module, id);
  }

  async act(module: string, { id }: { readonly id: string }, action: string, args: Values = {}): Promise<Values> {
    return this.#apply({ op: 'act', module, id, action, args });
  }

  async remove(module: string, { id }: { readonly id: string }): Promise<void> {
    await this.#apply({ op: 'delete', module, id });
  }

  async restore(module: string, { id }: { readonly id: string }): Promise<void> {
    await this.#apply({ op: 'restore', module, id });
  }

  /** A record that is there and not deleted. */
  get(module: string, id: unknown): AnyRecord {
    const record = this.#records.get(module, id as string);
    if (!record) throw new Error(`there is no ${module} ${String(id)}`);
    return record;
  }

  find(module: string, where: Where = {}): Promise<readonly AnyRecord[]> {
    return this.#state.find(module, where);
  }

  async #apply(change: Change): Promise<Values> {
    const { writes, result } = await apply(change, this.#state, {
      registry: this.#records.registry,
      now: this.now,
      identity: this.identity,
      settings: this.settings,
      source: 'ui',
      newId: () => this.newId(),
    });
    for (const write of writes) this.#records.put(write.module, write.after);
    return result;
  }

  #queryContext(): QueryContext {
    const { timeZone, weekStart, fiscalYearStart } = this.settings;
    return { registry: this.#records.registry, now: this.now, timeZone, weekStart, fiscalYearStart, me: null };
  }
}

/** The issues with which something is refused, as `/field code`; nothing when it is not. */
export const issuesOf = async (work: Promise<unknown>): Promise<readonly string[]> => {
  try {
    await work;
    return [];
  } catch (error) {
    if (!isCrmError(error)) throw error;
    return error.issues.map(({ path, code }) => `${path} ${code}`);
  }
};
