import type { ChangeClock } from '../sql/change-clock.ts';

/** A statement as text with `$1`, `$2` … and their values; what Kysely's `compile()` gives. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** Whether the cells of its rows are wanted as the texts that travel. */
  readonly raw?: boolean;
}

/** One row, its cells in the order of the columns. */
export type Row = readonly unknown[];

export interface Rows {
  readonly rows: readonly Row[];
  /** How many rows a statement gave or changed. */
  readonly rowCount: number | null;
  readonly fields: readonly { readonly name: string }[];
}

/** Where statements run one after another. Several may be sent without waiting for each other's answers. */
export interface Connection {
  run(statement: Statement): Promise<Rows>;
}

/** A connection with the rights of whoever opened the database: for migrations. */
export interface MaintenanceConnection extends Connection {
  /** Several statements in one text, without values. */
  script(text: string): Promise<void>;
}

/**
 * A database, whichever engine runs it. Everything but `admin` and `maintain` sees one tenant's rows only and reaches
 * tables through tenant views only; the database itself sees to that. Failures are `CrmError`s.
 */
export interface Database {
  readonly engine: 'pglite' | 'postgres';
  /** Whether there is only one connection, so that a second one must not be asked for while the first is held. */
  readonly single: boolean;
  /** Where the numbers of changes come from. */
  readonly clock: ChangeClock;
  /** One statement by itself, committed when it answers. */
  run(tenant: string, statement: Statement): Promise<Rows>;
  /**
   * All or nothing. Work that loses against another transaction (a deadlock, a conflict of serialisation) is begun
   * again, three times at most; it must not have effects outside the database.
   */
  transaction<T>(tenant: string, work: (connection: Connection) => Promise<T>): Promise<T>;
  /** Everything that is read by this is as it was in one moment, whatever others commit meanwhile. */
  reading<T>(tenant: string, work: (connection: Connection) => Promise<T>): Promise<T>;
  /** One statement over the tables of the house, across tenants: looking up keys, listing tenants. */
  admin(statement: Statement): Promise<Rows>;
  maintain<T>(work: (connection: MaintenanceConnection) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Rows as objects by column name. The caller says of what type, because a statement's own types end at its text. */
export const toObjects = <R>({ rows, fields }: Rows): readonly R[] =>
  rows.map((row) => Object.fromEntries(fields.map(({ name }, index) => [name, row[index]])) as R);
