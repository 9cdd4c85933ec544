import { answered, Table } from './table.ts';
import { inTurn } from './take-turn.ts';

/** The parts of IndexedDB, where they are not those of the page. */
export interface IndexedDb {
  readonly indexedDB?: IDBFactory;
  readonly IDBKeyRange?: typeof IDBKeyRange;
}

/** A store: what its rows are found by, and its indexes by what they are of. */
interface StoreLayout {
  readonly keyPath: string;
  readonly autoIncrement?: boolean;
  readonly indexes?: Readonly<Record<string, string | readonly string[]>>;
}

export interface DatabaseOptions<Store extends string, Tables> {
  readonly name: string;
  readonly stores: Readonly<Record<Store, StoreLayout>>;
  /** What reads and writes within one transaction. */
  readonly tables: (transaction: Transaction<Store>, range: typeof IDBKeyRange) => Tables;
  readonly durability: 'strict' | 'relaxed';
  readonly indexedDb: IndexedDb;
}

/** One transaction. It ends by itself when nothing of it is under way: whoever waits for anything else in it loses it. */
export class Transaction<Store extends string> {
  readonly #transaction: IDBTransaction;

  constructor(transaction: IDBTransaction) {
    this.#transaction = transaction;
  }

  table<Row, Key extends IDBValidKey>(name: Store): Table<Row, Key> {
    return new Table(this.#transaction.objectStore(name));
  }
}

/** The version for ever: stores are never changed. Ten, because the first ones were made under it. */
const version = 10;

/** How often opening is tried anew where Chromium says that something unknown went wrong. */
const mostTries = 3;

/**
 * A database, which is opened when it is used. It lets go when another page deletes it, and when its page goes into the
 * back/forward cache, and is opened again by whoever uses it after that.
 */
export class Database<Store extends string, Tables> {
  readonly #options: DatabaseOptions<Store, Tables>;
  readonly #closed = new AbortController();
  #opening: Promise<IDBDatabase> | undefined;
  #database: IDBDatabase | undefined;
  /** Grows with every time that it lets go. */
  #life = 0;
  #wasOpen = false;
  #isNew = false;
  #deleted = (): void => {};

  constructor(options: DatabaseOptions<Store, Tables>) {
    this.#options = options;
    const { signal } = this.#closed;
    globalThis.addEventListener?.('pagehide', ({ persisted }) => persisted && this.#letGo(), { signal });
  }

  async open(): Promise<void> {
    await this.#connection();
  }

  /** Told when another page deletes it, or did so while this one was away. */
  onDeleted(listener: () => void): void {
    this.#deleted = listener;
  }

  /** Does something that only reads some of the tables. It waits for its turn as whoever writes does. */
  async read<T>(stores: readonly Store[], work: (tables: Tables) => Promise<T>): Promise<T> {
    const transaction = await this.#begin(stores, 'readonly');
    return inTurn(transaction, work(this.#tablesOf(transaction)));
  }

  /** Resolves when all of it is written. It waits for its turn, but not for ever: see `inTurn`. */
  async write<T>(work: (tables: Tables) => Promise<T>): Promise<T> {
    const stores = Object.keys(this.#options.stores) as Store[];
    const transaction = await this.#begin(stores, 'readwrite');
    const end = ended(transaction);
    try {
      const result = await inTurn(transaction, work(this.#tablesOf(transaction)));
      commit(transaction);
      await end;
      return result;
    } catch (cause) {
      abort(transaction);
      await end.catch(() => {});
      throw cause;
    }
  }

  close(): void {
    this.#closed.abort();
    this.#letGo();
  }

  /** Frees its room. Resolves when nobody holds it any more. */
  async delete(): Promise<void> {
    this.close();
    await answered(this.#factory.deleteDatabase(this.#options.name));
  }

  get #factory(): IDBFactory {
    return this.#options.indexedDb.indexedDB ?? globalThis.indexedDB;
  }

  #tablesOf(transaction: IDBTransaction): Tables {
    const { tables, indexedDb } = this.#options;
    return tables(new Transaction(transaction), indexedDb.IDBKeyRange ?? globalThis.IDBKeyRange);
  }

  async #begin(stores: readonly Store[], mode: IDBTransactionMode): Promise<IDBTransaction> {
    const { durability } = this.#options;
    const database = await this.#connection();
    try {
      return database.transaction(stores, mode, { durability });
    } catch (cause) {
      // closed by the browser, which may not have said so yet
      if ((cause as DOMException).name !== 'InvalidStateError') throw cause;
      if (this.#database === database) this.#letGo();
      return (await this.#connection()).transaction(stores, mode, { durability });
    }
  }

  #connection(): Promise<IDBDatabase> {
    if (this.#closed.signal.aborted) return Promise.reject(closed());
    this.#opening ??= this.#connect().catch((cause: unknown) => {
      this.#opening = undefined;
      throw cause;
    });
    return this.#opening;
  }

  async #connect(): Promise<IDBDatabase> {
    const life = this.#life;
    const database = await this.#opened();
    if (this.#wasOpen && this.#isNew) this.#deleted();
    this.#wasOpen = true;
    // its page went away meanwhile, or nobody wants it any more
    if (life !== this.#life) {
      database.close();
      return this.#connection();
    }
    database.onclose = () => this.#letGo();
    database.onversionchange = () => {
      this.#letGo();
      this.#deleted();
    };
    this.#database = database;
    return database;
  }

  async #opened(): Promise<IDBDatabase> {
    for (let tries = 1; ; tries++) {
      try {
        this.#isNew = false;
        const request = this.#factory.open(this.#options.name, version);
        request.onupgradeneeded = () => this.#layOut(request.result);
        return await answered(request);
      } catch (cause) {
        if ((cause as DOMException).name !== 'UnknownError' || tries > mostTries) throw cause;
      }
    }
  }

  #layOut(database: IDBDatabase): void {
    this.#isNew = true;
    for (const [name, { indexes = {}, ...how }] of Object.entries<StoreLayout>(this.#options.stores)) {
      const store = database.createObjectStore(name, how);
      for (const [index, of] of Object.entries(indexes)) store.createIndex(index, of as string | string[]);
    }
  }

  #letGo(): void {
    this.#database?.close();
    this.#database = undefined;
    this.#opening = undefined;
    this.#life++;
  }
}

const ended = (transaction: IDBTransaction): Promise<void> => {
  const end = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException('It was aborted.', 'AbortError'));
  });
  end.catch(() => {});
  return end;
};

/** At once, and not when the browser has seen that nothing follows. */
const commit = (transaction: IDBTransaction): void => {
  try {
    transaction.commit();
  } catch {
    // it has seen that already
  }
};

const abort = (transaction: IDBTransaction): void => {
  try {
    transaction.abort();
  } catch {
    // it is over already
  }
};

const closed = (): DOMException => new DOMException('The database is closed.', 'InvalidStateError');
