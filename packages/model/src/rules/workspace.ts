import type { Issue } from '../errors.ts';
import type { Field } from '../kind.ts';
import type { Id } from '../id.ts';
import { isAlive } from '../is-alive.ts';
import type { AnyLink } from '../kinds/any-link.ts';
import type { AnyRecord } from '../module.ts';
import { matches } from '../query/matches.ts';
import { parseWhere } from '../query/parse-where.ts';
import { queryContextOf } from '../query/query-context.ts';
import type { Where } from '../query/query.ts';
import { pointer, toIssues } from '../schema.ts';
import type { ApplyContext } from './apply.ts';
import type { SettledConflict } from './conflicts.ts';
import type { State } from './state.ts';

/** One record before and after a change. */
export interface Write {
  readonly module: string;
  readonly id: string;
  readonly before: AnyRecord | null;
  readonly after: AnyRecord;
  /** The fields whose values differ. */
  readonly changed: readonly string[];
  /** Of those, what was given for the ones that were merged with what others had made of them. */
  readonly merged?: Readonly<Record<string, unknown>>;
}

/** The records that were written, each once, at the version that it came to. */
export const touchedBy = (
  writes: readonly Write[],
): readonly { readonly module: string; readonly id: string; readonly version: number }[] => [
  ...new Map(
    writes.map(({ module, id, after }) => [`${module}/${id}`, { module, id, version: after.version }]),
  ).values(),
];

/** A record that rules are at work on. */
export interface Open {
  readonly module: string;
  readonly id: string;
  readonly record: AnyRecord;
  set(field: string, value: unknown): void;
}

/** Moves a record to the recycle bin, see `recycle.ts`; given from outside because it saves records itself. */
export type Recycle = (workspace: Workspace, record: AnyRecord, module: string, batch: string) => Promise<void>;

/**
 * The records as they are within one change under way: the state below, on top of it what was written so far, and on
 * top of that what is being worked on.
 */
export class Workspace {
  readonly state: State;
  readonly context: ApplyContext;
  readonly issues: Issue[] = [];
  readonly settled: SettledConflict[] = [];
  readonly #recycle: Recycle;
  readonly #writes = new Map<string, Write>();
  readonly #open = new Map<string, Open>();

  constructor(state: State, context: ApplyContext, recycle: Recycle) {
    this.state = state;
    this.context = context;
    this.#recycle = recycle;
  }

  get writes(): readonly Write[] {
    return [...this.#writes.values()];
  }

  /** The records that did not exist before. */
  get made(): readonly AnyLink[] {
    return this.writes.filter(({ before }) => before === null).map(({ module, id }) => ({ module, id: id as Id }));
  }

  async get(module: string, id: string): Promise<AnyRecord | null> {
    const here = this.#open.get(`${module}/${id}`)?.record ?? this.#writes.get(`${module}/${id}`)?.after;
    if (here) return isAlive(here) ? here : null;
    return this.state.get(module, id);
  }

  /** While `work` goes on, others find the record as it is becoming. */
  async during(open: Open, work: () => Promise<void>): Promise<void> {
    const key = `${open.module}/${open.id}`;
    this.#open.set(key, open);
    await work();
    this.#open.delete(key);
  }

  /** Sets fields of a record that is being worked on. @returns Whether it is. */
  setOpen(module: string, id: string, values: Readonly<Record<string, unknown>>): boolean {
    const open = this.#open.get(`${module}/${id}`);
    if (!open) return false;
    for (const [field, value] of Object.entries(values)) open.set(field, value);
    return true;
  }

  /** Moves a record to the recycle bin, together with whatever has the same batch. */
  async remove(module: string, id: string, batch: string): Promise<void> {
    const record = await this.get(module, id);
    if (record) await this.#recycle(this, record, module, batch);
  }

  async taken(module: string, id: string): Promise<boolean> {
    return (
      this.#open.has(`${module}/${id}`) ||
      this.#writes.has(`${module}/${id}`) ||
      (await this.state.getAny(module, id)) !== null
    );
  }

  /** A tenant without the module has no such records. */
  async find(module: string, where: Where): Promise<readonly AnyRecord[]> {
    if (!this.context.registry.find(module)) return [];
    return this.#overlaid(module, where, await this.state.find(module, where));
  }

  /** Like `find`, but gives all of them, however many. */
  async findAll(module: string, where: Where): Promise<readonly AnyRecord[]> {
    return this.#overlaid(module, where, await this.state.findAll(module, where));
  }

  /** What the state below has, as it is by now. */
  #overlaid(module: string, where: Where, stored: readonly AnyRecord[]): readonly AnyRecord[] {
    const written = this.#above(module);
    if (written.length === 0) return stored;
    const definition = this.context.registry.get(module);
    const filter = parseWhere(definition, where, queryContextOf(this.context, this.context.now));
    const touched = new Set(written.map(({ id }) => id));
    // a filter across relations sees the state below for the other records; rules use plain ones
    const neighbours = { registry: this.context.registry, get: () => undefined, linking: () => [] };
    const fitting = written.filter((record) => isAlive(record) && matches(definition, record, filter, neighbours));
    return [...stored.filter(({ id }) => !touched.has(id)), ...fitting];
  }

  /** The records of a module that the state below does not know as they are. */
  #above(module: string): readonly AnyRecord[] {
    const written = this.writes.filter((write) => write.module === module).map(({ id, after }) => [id, after] as const);
    const open = [...this.#open.values()].filter((one) => one.module === module);
    return [...new Map([...written, ...open.map(({ id, record }) => [id, record] as const)]).values()];
  }

  put(module: string, before: AnyRecord | null, after: AnyRecord, changed: readonly string[]): void {
    this.state.reached?.(module, after.id);
    const key = `${module}/${after.id}`;
    const earlier = this.#writes.get(key);
    this.#writes.set(key, {
      module,
      id: after.id,
      before: earlier ? earlier.before : before,
      after: earlier ? { ...after, version: earlier.after.version } : after,
      changed: earlier ? [...new Set([...earlier.changed, ...changed])] : changed,
    });
  }

  /** Validates arguments of an action by their fields, like a record of their own. */
  checkArgs(
    fields: Readonly<Record<string, Field>>,
    given: Readonly<Record<string, unknown>>,
  ): Readonly<Record<string, unknown>> {
    const args: Record<string, unknown> = {};
    for (const name of Object.keys(given)) {
      if (!Object.hasOwn(fields, name))
        this.issues.push({ path: pointer(['args', name]), code: 'unknown-field', params: { field: name } });
    }
    for (const [name, { kind, options, presence }] of Object.entries(fields)) {
      const value = given[name] ?? options.default ?? null;
      if (value === null) {
        if (presence === 'required') this.issues.push({ path: pointer(['args', name]), code: 'required' });
        args[name] = null;
        continue;
      }
      const checked = kind.schema(options).safeParse(value);
      if (checked.success) args[name] = checked.data;
      else
        this.issues.push(
          ...toIssues(checked.error).map((issue) => ({ ...issue, path: pointer(['args', name]) + issue.path })),
        );
    }
    return args;
  }
}
