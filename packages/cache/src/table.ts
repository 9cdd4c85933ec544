/** What a request comes to. @throws What the browser says. */
export const answered = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error as Error);
  });

/** A store of a database, within one transaction. */
export class Table<Row, Key extends IDBValidKey> {
  readonly #store: IDBObjectStore;

  constructor(store: IDBObjectStore) {
    this.#store = store;
  }

  get(key: Key): Promise<Row | undefined> {
    return answered(this.#store.get(key) as IDBRequest<Row | undefined>);
  }

  /** In their order. */
  getMany(keys: readonly Key[]): Promise<readonly (Row | undefined)[]> {
    return Promise.all(keys.map((key) => this.get(key)));
  }

  /** In the order of their keys. */
  all(range?: IDBKeyRange, most?: number): Promise<readonly Row[]> {
    return answered(this.#store.getAll(range, most) as IDBRequest<Row[]>);
  }

  keys(range?: IDBKeyRange): Promise<readonly Key[]> {
    return answered(this.#store.getAllKeys(range) as unknown as IDBRequest<Key[]>);
  }

  count(range?: IDBKeyRange): Promise<number> {
    return answered(this.#store.count(range));
  }

  add(row: Row): Promise<Key> {
    return answered(this.#store.add(row) as unknown as IDBRequest<Key>);
  }

  async addMany(rows: readonly Row[]): Promise<void> {
    await Promise.all(rows.map((row) => this.add(row)));
  }

  async put(row: Row): Promise<void> {
    await answered(this.#store.put(row));
  }

  async putMany(rows: readonly Row[]): Promise<void> {
    await Promise.all(rows.map((row) => this.put(row)));
  }

  delete(which: Key | IDBKeyRange): Promise<void> {
    return answered(this.#store.delete(which));
  }

  async deleteMany(keys: readonly Key[]): Promise<void> {
    await Promise.all(keys.map((key) => this.delete(key)));
  }

  /** The first row of an index under a key. */
  firstBy(index: string, key: IDBValidKey): Promise<Row | undefined> {
    return answered(this.#store.index(index).get(key) as IDBRequest<Row | undefined>);
  }

  /** The keys of the rows that an index has in a range. */
  keysBy(index: string, range: IDBKeyRange): Promise<readonly Key[]> {
    return answered(this.#store.index(index).getAllKeys(range) as unknown as IDBRequest<Key[]>);
  }

  /** What an index itself has in a range, of which no row is read. */
  entriesBy(index: string, range: IDBKeyRange): Promise<readonly IDBValidKey[]> {
    const found: IDBValidKey[] = [];
    const request = this.#store.index(index).openKeyCursor(range);
    return new Promise((resolve, reject) => {
      request.onerror = () => reject(request.error as Error);
      request.onsuccess = () => {
        const { result: cursor } = request;
        if (!cursor) return resolve(found);
        found.push(cursor.key);
        cursor.continue();
      };
    });
  }
}
