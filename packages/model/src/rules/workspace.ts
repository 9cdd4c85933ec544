import type { Issue } from '../errors.ts';
import type { Field } from '../kind.ts';
import type { AnyRecord } from '../module.ts';
import { matches } from '../query/matches.ts';
import { parseWhere } from '../query/parse-where.ts';
import type { Where } from '../query/query.ts';
import { pointer, toIssues } from '../schema.ts';
import type { ApplyContext } from './apply.ts';
import type { State } from './state.ts';

/** One record before and after a change. */
export interface Write {
  readonly module: string;
  readonly id: string;
  readonly before: AnyRecord | null;
  readonly after: AnyRecord;
  /** The fields whose values differ. */
  readonly changed: readonly string[];
}

/** The records as they are within one change under way: the state below, and on top of it what was written so far. */
export class Workspace {
  readonly state: State;
  readonly context: ApplyContext;
  readonly issues: Issue[] = [];
  readonly #writes = new Map<string, Write>();

  constructor(state: State, context: ApplyContext) {
    this.state = state;
    this.context = context;
  }

  get writes(): readonly Write[] {
    return [...this.#writes.values()];
  }

  async get(module: string, id: string): Promise<AnyRecord | null> {
    const written = this.#writes.get(`${module}/${id}`);
    if (written) return written.after['deletedAt'] === null ? written.after : null;
    return this.state.get(module, id);
  }

  async taken(module: string, id: string): Promise<boolean> {
    return this.#writes.has(`${module}/${id}`) || (await this.state.getAny(module, id)) !== null;
  }

  async find(module: string, where: Where): Promise<readonly AnyRecord[]> {
    const stored = await this.state.find(module, where);
    const written = this.writes.filter((write) => write.module === module);
    if (written.length === 0) return stored;
    const definition = this.context.registry.get(module);
    const filter = parseWhere(definition, where, this.#queryContext());
    const touched = new Set(written.map(({ id }) => id));
    // a filter across relations sees the state below for the other records; rules use plain ones
    const neighbours = { registry: this.context.registry, get: () => undefined, linking: () => [] };
    const fitting = written
      .map(({ after }) => after)
      .filter((after) => after['deletedAt'] === null && matches(definition, after, filter, neighbours));
    return [...stored.filter(({ id }) => !touched.has(id)), ...fitting];
  }

  put(module: string, before: AnyRecord | null, after: AnyRecord, changed: readonly string[]): void {
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

  #queryContext() {
    const { registry, now, settings, identity } = this.context;
    const me =
      identity.type === 'user' ? { module: 'users', id: identity.id } : identity.type === 'subject' ? identity : null;
    return {
      registry,
      now,
      timeZone: settings.timeZone,
      weekStart: settings.weekStart,
      fiscalYearStart: settings.fiscalYearStart,
      me,
    };
  }
}
