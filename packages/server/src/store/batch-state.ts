import { compareText } from '@tessera-crm/model/fold.js';
import { isAlive } from '@tessera-crm/model/is-alive.js';
import type { AnyRecord, Module } from '@tessera-crm/model/module.js';
import type { Filter } from '@tessera-crm/model/query/filter.js';
import { matches } from '@tessera-crm/model/query/matches.js';
import { parseWhere } from '@tessera-crm/model/query/parse-where.js';
import { queryContextOf } from '@tessera-crm/model/query/query-context.js';
import { linkTarget } from '@tessera-crm/model/query/plan.js';
import type { Where } from '@tessera-crm/model/query/query.js';
import { knownInstead, lastOthers } from '@tessera-crm/model/rules/past-steps.js';
import type { Authored, State } from '@tessera-crm/model/rules/state.js';
import type { Write } from '@tessera-crm/model/rules/workspace.js';
import { byIds, livingOf, someOf, type Lock } from '../sql/select.ts';
import { wholeScene, type StoreContext } from './context.ts';
import { Holds } from './holds.ts';
import { Lookups, type Holders } from './lookups.ts';
import type { Numbers, TakeNumbers } from './numbers.ts';
import { Past } from './past.ts';
import { readRecords, type Run } from './read-page.ts';
import { writeAll, type Pending } from './write-all.ts';

const maxFound = 1000;

export interface BatchStateOptions {
  readonly context: StoreContext;
  /** RFC 3339, UTC: one instant for the whole batch. */
  readonly now: string;
  readonly run: Run;
  readonly numbers: Numbers;
  readonly take: TakeNumbers;
  /** See `State`. */
  readonly reached?: NonNullable<State['reached']>;
  /** The client whose mutation it is: what it did itself before is no conflict. */
  readonly client?: string | undefined;
}

/** The records as they are within a batch under way: those of the database, and on top of them what the batch did. */
export class BatchState implements State {
  readonly #context: StoreContext;
  readonly #now: string;
  readonly #run: Run;
  readonly #numbers: Numbers;
  readonly #take: TakeNumbers;
  readonly lookups = new Lookups();
  readonly #reached: BatchStateOptions['reached'];
  readonly #holds: Holds;
  readonly #past: Past;
  /** As they are now, null where there is none; whoever is missing was not asked for yet. */
  #records = new Map<string, AnyRecord | null>();
  /** What the database does not have yet. */
  #pending = new Map<string, Pending>();
  #writes: Write[] = [];
  /** What the database answered since it was last written to. */
  readonly #found = new Map<string, readonly AnyRecord[]>();

  constructor({ context, now, run, numbers, take, reached, client }: BatchStateOptions) {
    this.#context = context;
    this.#now = now;
    this.#run = run;
    this.#numbers = numbers;
    this.#take = take;
    this.#reached = reached;
    this.#holds = new Holds(context, run);
    this.#past = new Past({ tenant: context.tenant, run, written: () => this.#writes, client });
  }

  /** Everything the batch did, in order. */
  get writes(): readonly Write[] {
    return this.#writes;
  }

  async get(module: string, id: string): Promise<AnyRecord | null> {
    const record = await this.getAny(module, id);
    return record && isAlive(record) ? record : null;
  }

  async getAny(module: string, id: string): Promise<AnyRecord | null> {
    const known = this.#records.get(`${module}/${id}`);
    if (known !== undefined) return known;
    await this.load(module, [id]);
    return this.#records.get(`${module}/${id}`) ?? null;
  }

  /** Reads records before they are asked for one by one. */
  async load(key: string, ids: readonly string[], { lock }: { readonly lock?: Lock | undefined } = {}): Promise<void> {
    const module = this.#context.registry.find(key);
    const wanted = lock ? ids : ids.filter((id) => !this.#records.has(`${key}/${id}`));
    if (wanted.length === 0) return;
    const found = module
      ? await readRecords(byIds(module, wanted, wholeScene(this.#context), { lock }), this.#run)
      : [];
    for (const record of found) this.#know(key, record);
    if (lock)
      this.#holds.note(
        found.map(({ id }) => ({ module: key, id })),
        lock,
      );
    for (const id of wanted) this.assumeFree(key, id);
  }

  /** Takes an id for free; the database will say if it is not. */
  assumeFree(module: string, id: string): void {
    const key = `${module}/${id}`;
    if (!this.#records.has(key)) this.#records.set(key, null);
  }

  /** Living records, kept from others until the batch ends. */
  async lock(module: string, ids: readonly string[]): Promise<ReadonlyMap<string, AnyRecord>> {
    await this.load(module, ids, { lock: 'change' });
    const records = await Promise.all(ids.map((id) => this.get(module, id)));
    return new Map(records.filter((record) => record !== null).map((record) => [record.id, record]));
  }

  /** What the batch did to a record counts for more than what was read. */
  #know(module: string, record: AnyRecord): AnyRecord {
    const key = `${module}/${record.id}`;
    const changed = this.#pending.get(key)?.after;
    if (!changed) this.#records.set(key, record);
    return changed ?? record;
  }

  async find(key: string, where: Where): Promise<readonly AnyRecord[]> {
    const module = this.#context.registry.get(key);
    const known = this.lookups.find(key, where);
    if (known) return this.#living(key, known);
    const filter = parseWhere(module, where, queryContextOf(this.#context, this.#now));
    if (this.#pending.size > 0 && reaches(filter)) await this.flush();
    const stored = await this.#stored(module, filter, where);
    const here = [...this.#pending.values()].filter((pending) => pending.module.key === key).map(({ after }) => after);
    if (here.length === 0) return stored.map((record) => this.#know(key, record));
    const touched = new Set(here.map(({ id }) => id));
    const fitting = here.filter((record) => isAlive(record) && matches(module, record, filter, this.#noNeighbours));
    const rest = stored.filter(({ id }) => !touched.has(id)).map((record) => this.#know(key, record));
    return [...rest, ...fitting].toSorted((a, b) => compareText(a.id, b.id)).slice(0, maxFound);
  }

  async findAll(key: string, where: Where): Promise<readonly AnyRecord[]> {
    const module = this.#context.registry.get(key);
    const filter = parseWhere(module, where, queryContextOf(this.#context, this.#now));
    await this.flush();
    const found = await readRecords(livingOf(module, filter, wholeScene(this.#context), null), this.#run);
    return found.map((record) => this.#know(key, record));
  }

  claim(module: string, id: string): Promise<void> {
    return this.#holds.claim({ module, id });
  }

  reached(module: string, id: string): void {
    this.#reached?.(module, id);
  }

  /** What the database has; asked once for the same question, and not at all where it cannot have anything. */
  async #stored(module: Module, filter: Filter, where: Where): Promise<readonly AnyRecord[]> {
    if (this.#linksToNew(module, filter)) return [];
    const question = `${module.key} ${JSON.stringify(where)}`;
    const known = this.#found.get(question);
    if (known) return known;
    const found = await readRecords(livingOf(module, filter, wholeScene(this.#context), maxFound), this.#run);
    if (!reaches(filter)) this.#found.set(question, found);
    return found;
  }

  /** A record that the database does not have yet is linked to by none that it has. */
  #linksToNew(module: Module, filter: Filter): boolean {
    if (filter.type === 'all') return filter.of.some((one) => this.#linksToNew(module, one));
    if (filter.type !== 'test' || filter.negate || filter.test.op !== 'eq') return false;
    const key = `${linkTarget(module.fields[filter.field]!) ?? ''}/${String(filter.test.key)}`;
    return this.#records.get(key) === null || this.#pending.get(key)?.base === null;
  }

  async #living(module: string, { ids, holds }: Holders): Promise<readonly AnyRecord[]> {
    const records = await Promise.all(ids.map((id) => this.get(module, id)));
    return records
      .filter((record) => record !== null && holds(record))
      .toSorted((a, b) => compareText(a!.id, b!.id)) as readonly AnyRecord[];
  }

  get #noNeighbours() {
    return { registry: this.#context.registry, get: () => undefined, linking: () => [] };
  }

  async findDeleted(batch: string): Promise<readonly { readonly module: string; readonly record: AnyRecord }[]> {
    await this.flush();
    const filter: Filter = { type: 'test', field: 'deletionBatch', test: { op: 'eq', key: batch }, negate: false };
    const found = this.#context.registry.all.map(async (module) => {
      const records = await readRecords(
        someOf(module, filter, wholeScene(this.#context), { lock: 'change' }),
        this.#run,
      );
      return records.map((record) => ({ module: module.key, record: this.#know(module.key, record) }));
    });
    return (await Promise.all(found)).flat();
  }

  async changedSince(module: string, id: string, version: number): Promise<Readonly<Record<string, unknown>> | null> {
    const past = await this.#past.since(module, id, version);
    const current = (await this.getAny(module, id))?.version ?? version;
    return past.length < current - version ? null : knownInstead(past);
  }

  async authorsSince(module: string, id: string, version: number): Promise<Readonly<Record<string, Authored>>> {
    return lastOthers(await this.#past.since(module, id, version));
  }

  async nextNumber({ module, field, prefix }: Parameters<State['nextNumber']>[0]): Promise<string> {
    return `${prefix}${await this.#numbers.next(`${module}.${field}`, this.#take)}`;
  }

  /** Takes over what a change came to. */
  put(writes: readonly Write[]): void {
    for (const write of writes) {
      const key = `${write.module}/${write.id}`;
      const earlier = this.#pending.get(key);
      const module = this.#context.registry.get(write.module);
      this.#records.set(key, write.after);
      this.#writes.push(write);
      this.lookups.move(write.module, write.before, write.after);
      this.#pending.set(key, earlier ? merged(earlier, write) : pendingOf(module, write));
    }
  }

  /** Brings the database up to what the batch did so far. @throws {CrmError} when others changed the same records */
  async flush(): Promise<void> {
    if (this.#pending.size === 0) return;
    this.#found.clear();
    const pending = [...this.#pending.values()];
    this.#pending = new Map();
    const written = new Set(this.#writes.map(({ module, id }) => `${module}/${id}`));
    await this.#holds.keepTargets(pending, (module, id) => written.has(`${module}/${id}`));
    await writeAll(pending, this.#context.tenant, this.#run);
  }

  /** @returns How to forget everything that comes after this. */
  checkpoint(): () => void {
    const [records, pending, writes] = [new Map(this.#records), new Map(this.#pending), [...this.#writes]];
    const release = this.#holds.checkpoint();
    return () => {
      release();
      this.#records = records;
      this.#pending = pending;
      this.#writes = writes;
    };
  }
}

const pendingOf = (module: Module, { before, after, changed }: Write): Pending => ({
  module,
  base: before?.version ?? null,
  after,
  changed: new Set(changed),
});

const merged = (earlier: Pending, { after, changed }: Write): Pending => ({
  ...earlier,
  after,
  changed: new Set([...earlier.changed, ...changed]),
});

/** Whether a filter looks at other records than the one in question. */
const reaches = (filter: Filter): boolean => {
  if ('of' in filter) return filter.of.some(reaches);
  return filter.type === 'has' || filter.type === 'some';
};
