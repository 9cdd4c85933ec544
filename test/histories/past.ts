import { toObjects, type Database } from '../../packages/server/src/database/database.ts';
import { findTenant } from '../../packages/server/src/store/tenants.ts';
import { marksIn } from './ledger.ts';

/** One change of one record, as the server's own books have it. */
export interface Step {
  readonly seq: number;
  readonly module: string;
  readonly record_id: string;
  readonly version: number;
  readonly op: 'create' | 'update' | 'delete' | 'restore';
  readonly diff: Readonly<Record<string, readonly [before: unknown, after: unknown]>>;
  /** `contacts:<id>` */
  readonly actor: string | null;
  /** `<client>/<mid>` of what a client pushed. */
  readonly request_id: string | null;
}

/** How far the server counted a client. */
export interface Counted {
  readonly client_id: string;
  readonly last_mid: number;
}

/** Where a mark was written. */
export interface Written {
  readonly step: Step;
  readonly field: string;
}

/** Everything that was carried out for a tenant, in the order of commits. */
export class Past {
  readonly steps: readonly Step[];
  readonly clients: readonly Counted[];
  readonly #written = new Map<string, Written[]>();
  readonly #byRecord: ReadonlyMap<string, readonly Step[]>;

  constructor(steps: readonly Step[], clients: readonly Counted[]) {
    this.steps = steps;
    this.clients = clients;
    // by snapshot, whoever began first may commit last
    const byVersion = steps.toSorted((a, b) => a.version - b.version);
    this.#byRecord = Map.groupBy(byVersion, ({ record_id: id }) => id);
    for (const step of steps)
      for (const [field, [before, after]] of Object.entries(step.diff)) {
        const known = marksIn(before);
        for (const mark of marksIn(after)) if (!known.has(mark)) this.#note(mark, { step, field });
      }
  }

  static async read(database: Database, tenant: string): Promise<Past> {
    const { id } = (await findTenant(database, tenant))!;
    return database.maintain(async (connection) => {
      const ask = async <R>(sql: string): Promise<readonly R[]> =>
        toObjects<R>(await connection.run({ sql, parameters: [id] }));
      return new Past(
        await ask<Step>(
          'select seq, module, record_id, version, op, diff, actor, request_id from tessera.changes where tenant_id = $1 order by seq, ordinal',
        ),
        await ask<Counted>('select client_id, last_mid from tessera.clients where tenant_id = $1'),
      );
    });
  }

  /** Each time that a mark came to be in this field of some record. */
  written(mark: string, module: string, field: string): readonly Written[] {
    const all = this.#written.get(mark) ?? [];
    return all.filter((one) => one.step.module === module && one.field === field);
  }

  /** The versions of a record. */
  of(id: string): readonly Step[] {
    return this.#byRecord.get(id) ?? [];
  }

  get ids(): Iterable<string> {
    return this.#byRecord.keys();
  }

  isDeleted(id: string): boolean {
    return this.of(id).findLast(({ op }) => op !== 'update')?.op === 'delete';
  }

  /** What a field of a record is in the end. */
  last(id: string, field: string): unknown {
    return this.of(id).findLast(({ diff }) => Object.hasOwn(diff, field))?.diff[field]![1] ?? null;
  }

  /** What a record was after each of its changes. */
  states(id: string): readonly Readonly<Record<string, unknown>>[] {
    let state: Readonly<Record<string, unknown>> = {};
    return this.of(id).map(({ diff }) => {
      state = { ...state, ...Object.fromEntries(Object.entries(diff).map(([field, [, after]]) => [field, after])) };
      return state;
    });
  }

  #note(mark: string, written: Written): void {
    const all = this.#written.get(mark);
    if (all) all.push(written);
    else this.#written.set(mark, [written]);
  }
}
