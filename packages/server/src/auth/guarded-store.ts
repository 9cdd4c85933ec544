import type { Change } from '@tessera-crm/model/change.js';
import { CrmError, isCrmError, type Issue } from '@tessera-crm/model/errors.js';
import { invalid } from '@tessera-crm/model/invalid.js';
import { isRefusal } from '@tessera-crm/model/is-refusal.js';
import type { AnyRecord, Module } from '@tessera-crm/model/module.js';
import type { Aggregate, Group, Page, Query } from '@tessera-crm/model/query/query.js';
import type { IncludedRecords } from '@tessera-crm/model/query/run.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import type { Applied } from '@tessera-crm/model/store.js';
import type { RecordStore } from '../backend.ts';
import type { Counted, Turn } from '../store/counting.ts';
import type { ExactOptions } from '../store/sql-store.ts';
import type { Version } from '../store/version.ts';
import { ChangeGuard } from './guard-change.ts';
import { IncludeGuard } from './guard-include.ts';
import { unknownField, WhereGuard } from './guard-where.ts';
import { canRead, isUnlimited, type Policy, type Rights } from './rights.ts';

export interface GuardedStoreOptions {
  readonly store: RecordStore;
  readonly registry: Registry;
  readonly policy: Policy;
}

/**
 * A store that shows and does only what a policy allows. What may not be seen is as if it were not there: the same
 * answers as for modules, fields and records that never existed.
 */
export class GuardedStore implements RecordStore {
  readonly #store: RecordStore;
  readonly #registry: Registry;
  readonly #policy: Policy;

  constructor({ store, registry, policy }: GuardedStoreOptions) {
    this.#store = store;
    this.#registry = registry;
    this.#policy = policy;
  }

  async get(key: string, id: string): Promise<AnyRecord> {
    const { rights } = new WhereGuard(this.#registry, this.#policy).reading(key);
    if (isUnlimited(rights)) return this.#store.get(key, id);
    const { records } = await this.list(key, { where: { id: { is: id } }, limit: 1, archived: 'with' });
    if (records[0]) return records[0];
    throw new CrmError('not-found', `There is no record ${id}.`, { module: key, id });
  }

  async list(key: string, query: Query = {}): Promise<Page<AnyRecord, IncludedRecords>> {
    const { module, asked, include } = this.#allowed(key, query);
    const page = await this.#store.list(key, asked);
    if (include.isEmpty) return page;
    const included = await include.follow(module, page.records, (target, more) => this.list(target, more));
    return { ...page, records: page.records.map((record) => include.trim(record, query.fields)), included };
  }

  async listText(key: string, query: Query = {}): Promise<string> {
    const { asked, include } = this.#allowed(key, query);
    return include.isEmpty ? this.#store.listText(key, asked) : JSON.stringify(await this.list(key, query));
  }

  /** What may be asked of the store instead. @throws {CrmError} `validation` · `forbidden` · `not-found` */
  #allowed(key: string, query: Query) {
    const guard = new WhereGuard(this.#registry, this.#policy);
    const { module, rights } = guard.reading(key);
    const issues = checkFields(module, rights, query);
    const where = guard.rewrite(key, query.where);
    const search = rights.read === null ? null : guard.search(key, query.search);
    const include = new IncludeGuard(this.#registry, guard, query.include ?? []);
    throwAll([...guard.issues, ...issues, ...include.check(module)]);
    const { include: _paths, search: text, ...rest } = query;
    const asked: Query = {
      ...rest,
      where: search ? { ...where, all: [...(where.all ?? []), search] } : where,
      ...(search === null && text !== undefined && { search: text }),
      ...(rights.read && { fields: include.needed(query.fields ?? [...rights.read]) }),
    };
    return { module, asked, include };
  }

  async aggregate(key: string, aggregate: Aggregate): Promise<readonly Group[]> {
    const guard = new WhereGuard(this.#registry, this.#policy);
    const { module, rights } = guard.reading(key);
    const asked = [...(aggregate.rows ?? []), ...aggregate.measures].map((part) =>
      typeof part === 'string' ? part : part.field,
    );
    const hidden = asked.filter((field) => field !== undefined && !canRead(rights, field)) as readonly string[];
    const where = guard.rewrite(key, aggregate.where);
    const search = rights.read === null ? null : guard.search(key, aggregate.search);
    throwAll([...guard.issues, ...hidden.map((field) => unknownField('/rows', field, module))]);
    const { search: text, ...rest } = aggregate;
    return this.#store.aggregate(key, {
      ...rest,
      where: search ? { ...where, all: [...(where.all ?? []), search] } : where,
      ...(search === null && text !== undefined && { search: text }),
    });
  }

  async apply(changes: readonly Change[], options: ExactOptions = {}): Promise<readonly Applied[]> {
    const guard = new ChangeGuard(this.#registry, this.#policy, (key, query) => this.list(key, query));
    if (options.atomic ?? true) {
      const allowed = await guard.allow(changes);
      try {
        return (await this.#store.apply(allowed, options)).map((applied) => guard.show(applied));
      } catch (error) {
        throw isCrmError(error) ? guard.showError(changes[0]?.module ?? '', error) : error;
      }
    }
    return this.#applyEach(changes, options, guard);
  }

  async push(turn: Turn): Promise<Counted> {
    const guard = new ChangeGuard(this.#registry, this.#policy, (key, query) => this.list(key, query));
    return guard.showOutcome(await this.#store.push(await this.#allowTurn(turn, guard)), turn.changes);
  }

  /** A refusal is counted like everything else that came of a mutation. */
  async #allowTurn(turn: Turn, guard: ChangeGuard): Promise<Turn> {
    try {
      return { ...turn, changes: await guard.allow(turn.changes) };
    } catch (refusal) {
      if (!isRefusal(refusal)) throw refusal;
      return { ...turn, refusal };
    }
  }

  async history(key: string, id: string): Promise<readonly Version[]> {
    const { rights } = new WhereGuard(this.#registry, this.#policy).reading(key);
    if (!rights.history)
      throw new CrmError('forbidden', 'The past of records is not for this identity.', { reason: 'history' });
    return this.#store.history(key, id);
  }

  /** Refused changes never reach the store; the others go there together and keep their places. */
  async #applyEach(changes: readonly Change[], options: ExactOptions, guard: ChangeGuard): Promise<readonly Applied[]> {
    const checked = await Promise.all(changes.map(async (change) => guard.allowOne(change)));
    const allowed = checked.flatMap((one) => (isCrmError(one) ? [] : [one]));
    const results = allowed.length === 0 ? [] : await this.#store.apply(allowed, options);
    let next = 0;
    return checked.map((one, index): Applied => {
      const { module, id } = changes[index]!;
      return isCrmError(one) ? { ok: false, module, id, error: one } : guard.show(results[next++]!);
    });
  }
}

const throwAll = (issues: readonly Issue[]): void => {
  if (issues.length > 0) throw invalid(issues);
};

/** What a query names outside of its filter. */
const checkFields = (module: Module, rights: Rights, { sort = [], fields = [], deleted }: Query): readonly Issue[] => {
  if (deleted !== undefined && !rights.bin)
    throw new CrmError('forbidden', 'The recycle bin is not for this identity.', { reason: 'bin' });
  const named = [
    ...sort.map((entry) => ['/sort', entry.replace(/^-/, '')] as const),
    ...fields.map((field) => ['/fields', field] as const),
  ];
  return named.filter(([, field]) => !canRead(rights, field)).map(([path, field]) => unknownField(path, field, module));
};
