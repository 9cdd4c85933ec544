import type { AnyRecord, Module } from '@tessera-crm/model/module.js';
import type { ChangeEvent } from '@tessera-crm/model/protocol/events.js';
import { everything, type Filter } from '@tessera-crm/model/query/filter.js';
import { matches } from '@tessera-crm/model/query/matches.js';
import { parseWhere } from '@tessera-crm/model/query/parse-where.js';
import type { QueryContext } from '@tessera-crm/model/query/query-context.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import { imageKey, type Images } from '../store/images.ts';
import type { Policy, Rights } from './rights.ts';

type Change = ChangeEvent['changes'][number];

export interface Eyes {
  readonly policy: Policy;
  readonly context: QueryContext;
  /** What records of a module were around their changes in the events. */
  readonly images: (events: readonly ChangeEvent[], module: Module, fields: readonly string[]) => Promise<Images>;
}

/** What one may hear of some events. */
export interface Seen {
  /** Events keep their place even when nothing is left of them, so that cursors move on. */
  readonly events: readonly ChangeEvent[];
  /**
   * Whether something may have left sight that cannot be named: whoever listens has to ask about all that they hold.
   */
  readonly isUnsure: boolean;
}

/** Which records of a module are in sight. */
interface Scope {
  readonly module: Module;
  /** Null for all of them. */
  readonly filter: Filter | null;
  readonly fields: readonly string[];
  /** Modules on whose records it depends as well: what is in sight is not told by the record alone. */
  readonly reached: ReadonlySet<string>;
}

/** What one identity sees of the changes that others make. Kept as long as a stream: it holds no more than it needs. */
export class Sight {
  readonly #registry: Registry;
  readonly #images: Eyes['images'];
  /** Until the first change: most questions for news end without any. */
  #rights: Pick<Eyes, 'policy' | 'context'> | undefined;
  #known: ReadonlyMap<string, Scope> = new Map();
  /** What changes in these modules may move others in or out of sight. */
  #unsure: ReadonlySet<string> = new Set();

  constructor({ policy, context, images }: Eyes) {
    this.#registry = context.registry;
    this.#images = images;
    this.#rights = { policy, context };
  }

  /**
   * The events with those changes only that are one's business: of records in sight, and of records that were in sight
   * until then, which leave. What never was in sight is not named, not even by its id.
   */
  async of(events: readonly ChangeEvent[]): Promise<Seen> {
    const scopes = this.#scopes;
    const modules = new Set(events.flatMap(({ changes }) => changes.map(({ module }) => module)));
    const isUnsure = [...modules].some((key) => this.#unsure.has(key));
    const told = new Map<string, (change: Change) => Change | null>();
    for (const key of modules) told.set(key, await this.#teller(events, scopes.get(key)));
    const heard = events.map(({ seq, changes }) => ({
      seq,
      changes: changes.flatMap((change) => told.get(change.module)!(change) ?? []),
    }));
    return { events: heard, isUnsure };
  }

  get #scopes(): ReadonlyMap<string, Scope> {
    if (this.#rights) {
      this.#known = scopesOf(this.#rights);
      this.#unsure = unsureIn(this.#known);
      this.#rights = undefined;
    }
    return this.#known;
  }

  async #teller(events: readonly ChangeEvent[], scope: Scope | undefined): Promise<(change: Change) => Change | null> {
    if (!scope) return () => null;
    const { module, filter, fields, reached } = scope;
    if (!filter) return (change) => change;
    // a record alone does not tell; whoever listens asks about everything then
    if (reached.size > 0) return () => null;
    const images = await this.#images(events, module, fields);
    const neighbours = { registry: this.#registry, get: () => undefined, linking: () => [] };
    const isSeen = (record: AnyRecord | null): boolean =>
      record !== null && record['deletedAt'] === null && matches(module, record, filter, neighbours);
    return (change) => {
      const image = images.get(imageKey(change));
      if (!image) return null;
      if (isSeen(image.now)) return change;
      if (!isSeen(image.before) || isSeen(image.after)) return null;
      return change.op === 'delete' ? change : { ...change, op: 'leave' };
    };
  }
}

const scopesOf = ({ policy, context }: Pick<Eyes, 'policy' | 'context'>): ReadonlyMap<string, Scope> =>
  new Map(
    context.registry.all.flatMap((module) => {
      const rights = policy(module);
      if (!rights?.may('read')) return [];
      const filter = filterOf(rights, module, context);
      const { fields, reached } = namesIn(filter);
      return [[module.key, { module, filter, fields: [...fields.add('deletedAt')], reached }] as const];
    }),
  );

/** Null for all records. */
const filterOf = ({ where, reach }: Rights, module: Module, context: QueryContext): Filter | null => {
  if (!reach) return where && parseWhere(module, where, context);
  const filter = reach('read');
  return filter === everything ? null : filter;
};

const unsureIn = (scopes: ReadonlyMap<string, Scope>): ReadonlySet<string> =>
  new Set([...scopes.values()].flatMap(({ module, reached }) => (reached.size > 0 ? [module.key, ...reached] : [])));

/** The fields that a filter looks at, and the modules into which it reaches. */
const namesIn = (filter: Filter | null): { readonly fields: Set<string>; readonly reached: Set<string> } => {
  const [fields, reached] = [new Set<string>(), new Set<string>()];
  const look = (part: Filter, isOwn: boolean): void => {
    if ('of' in part) for (const one of part.of) look(one, isOwn);
    if (part.type === 'test' && isOwn) fields.add(part.field);
    if (part.type !== 'has' && part.type !== 'some') return;
    reached.add(part.module);
    look(part.filter, false);
  };
  if (filter) look(filter, true);
  return { fields, reached };
};
