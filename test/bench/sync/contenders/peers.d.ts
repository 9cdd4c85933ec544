// As much of the peers' types as their contenders use: they are installed when the benchmark runs, and not before.

declare module 'dexie' {
  interface Collection<T> {
    limit(count: number): Collection<T>;
    toArray(): Promise<T[]>;
  }

  interface Table<T> {
    bulkPut(all: readonly T[]): Promise<unknown>;
    update(id: string, patch: Partial<T>): Promise<unknown>;
    orderBy(index: string): Collection<T>;
    where(index: string): { between(lower: readonly unknown[], upper: readonly unknown[]): Collection<T> };
  }

  export class Dexie {
    static readonly minKey: unknown;
    static readonly maxKey: unknown;
    constructor(name: string);
    version(number: number): { stores(stores: Readonly<Record<string, string>>): unknown };
    table<T>(name: string): Table<T>;
    open(): Promise<unknown>;
    close(): void;
  }

  export const liveQuery: <T>(query: () => Promise<T>) => {
    subscribe(next: (found: T) => void): { unsubscribe(): void };
  };
}

declare module 'rxdb/plugins/core' {
  interface Document<T> {
    readonly primary: string;
    toJSON(): T;
    incrementalPatch(patch: Partial<T>): Promise<unknown>;
  }

  interface Found<T> {
    readonly $: { subscribe(next: (found: T) => void): { unsubscribe(): void } };
    exec(): Promise<T>;
  }

  interface Query {
    readonly selector?: Readonly<Record<string, unknown>>;
    readonly sort: readonly Readonly<Record<string, 'asc' | 'desc'>>[];
    readonly limit?: number;
  }

  export interface RxCollection<T> {
    bulkInsert(all: readonly T[]): Promise<{ readonly error: readonly unknown[] }>;
    find(query: Query): Found<readonly (Document<T> & T)[]>;
    findOne(id: string): Found<Document<T> | null>;
  }

  export interface RxDatabase {
    addCollections<T>(collections: Readonly<Record<keyof T, { readonly schema: object }>>): Promise<T>;
    close(): Promise<unknown>;
  }

  export const createRxDatabase: (options: {
    readonly name: string;
    readonly storage: unknown;
    readonly multiInstance: boolean;
  }) => Promise<RxDatabase>;
}

declare module 'rxdb/plugins/storage-dexie' {
  export const getRxStorageDexie: () => unknown;
}

declare module '@tanstack/db' {
  type Mutable<T> = { -readonly [K in keyof T]: T[K] };

  interface Collection<T> {
    readonly size: number;
    readonly toArray: readonly T[];
    get(key: string): T | undefined;
    insert(all: readonly T[]): unknown;
    update(key: string, change: (draft: Mutable<T>) => void): unknown;
    preload(): Promise<void>;
    subscribeChanges(next: () => void): { unsubscribe(): void };
  }

  interface Query<R> {
    where(condition: (row: R) => unknown): Query<R>;
    orderBy(value: (row: R) => unknown): Query<R>;
    limit(count: number): Query<R>;
  }

  interface Start {
    from<T>(source: { readonly contact: Collection<T> }): Query<{ readonly contact: T }>;
  }

  export class BTreeIndex {}
  export const eq: (a: unknown, b: unknown) => unknown;
  export const localOnlyCollectionOptions: <T>(options: {
    readonly id: string;
    readonly getKey: (row: T) => string;
  }) => object;
  export const createCollection: <T>(options: object) => Collection<T>;
  export const createLiveQueryCollection: <T>(query: (start: Start) => unknown) => Collection<T>;
}

declare module 'replicache' {
  interface Scanned<T> {
    values(): { toArray(): Promise<T[]> };
  }

  interface ReadTransaction {
    get<T>(key: string): Promise<T | undefined>;
    has(key: string): Promise<boolean>;
    scan<T>(options: { readonly indexName: string; readonly prefix?: string; readonly limit?: number }): Scanned<T>;
  }

  export interface WriteTransaction extends ReadTransaction {
    set(key: string, value: unknown): Promise<void>;
  }

  type Mutators = Readonly<Record<string, (tx: WriteTransaction, args: never) => Promise<void>>>;

  export class Replicache<M extends Mutators> {
    constructor(options: {
      readonly name: string;
      readonly pushURL: string;
      readonly pullURL: string;
      readonly logLevel: 'error';
      readonly mutators: M;
      readonly indexes: Readonly<Record<string, { readonly jsonPointer: string }>>;
    });
    readonly mutate: { readonly [K in keyof M]: (args: Parameters<M[K]>[1]) => Promise<void> };
    query<T>(read: (tx: ReadTransaction) => Promise<T>): Promise<T>;
    subscribe<T>(read: (tx: ReadTransaction) => Promise<T>, options: { onData(found: T): void }): () => void;
    close(): Promise<void>;
  }
}

declare module '@rocicorp/zero' {
  export type Row = Readonly<Record<string, unknown>>;

  interface View<T> {
    readonly data: readonly T[];
    addListener(next: (rows: readonly T[]) => void): void;
    destroy(): void;
  }

  interface Query<T> {
    where(column: string, value: unknown): Query<T>;
    orderBy(column: string, direction: 'asc' | 'desc'): Query<T>;
    limit(count: number): Query<T>;
  }

  interface Columns<T> {
    columns(columns: object): { primaryKey(column: string): T };
  }

  export interface Transaction {
    readonly mutate: Readonly<Record<string, { insert(row: Row): Promise<void>; update(row: Row): Promise<void> }>>;
  }

  type Mutators = Readonly<Record<string, (tx: Transaction, args: never) => Promise<void>>>;

  export class Zero<M extends Mutators> {
    constructor(options: Readonly<Record<string, unknown>> & { readonly mutators: M });
    readonly mutate: {
      readonly [K in keyof M]: (args: Parameters<M[K]>[1]) => { readonly client: Promise<void> };
    };
    materialize<T>(query: Query<T>): View<T>;
    close(): Promise<unknown>;
  }

  export const createSchema: (schema: Readonly<Record<string, unknown>>) => object;
  export const createBuilder: <T>(schema: object) => Readonly<Record<string, Query<T>>>;
  export const table: (name: string) => Columns<object>;
  export const string: () => object;
  export const json: () => object;
}
