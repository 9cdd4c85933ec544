// What all are held against: IndexedDB as it is, one store with two indexes, asked again after every change.
import type { Contact } from '../contacts.ts';
import { offer } from '../contender.ts';
import { shownOf } from '../shown-of.ts';

/** Contacts of one transaction. */
const atOnce = 10_000;

let database: IDBDatabase | undefined;

/** What was read, so that it stays. */
const read: Contact[][] = [];

const answered = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error!);
  });

const committed = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error!);
  });

const open = async (): Promise<void> => {
  if (database) return;
  const request = indexedDB.open('raw', 1);
  request.onupgradeneeded = () => {
    const store = request.result.createObjectStore('contacts', { keyPath: 'id' });
    store.createIndex('name', 'name.last');
    store.createIndex('lifecycle', ['lifecycle', 'name.last']);
  };
  database = await answered(request);
};

const load = async (all: readonly Contact[]): Promise<void> => {
  await open();
  for (let start = 0; start < all.length; start += atOnce) {
    const transaction = database!.transaction('contacts', 'readwrite');
    const store = transaction.objectStore('contacts');
    for (const contact of all.slice(start, start + atOnce)) store.put(contact);
    await committed(transaction);
  }
};

const store = (): IDBObjectStore => database!.transaction('contacts').objectStore('contacts');

const customers = IDBKeyRange.bound(['customer'], ['customer', []]);

let ask = async (): Promise<void> => {};

offer({
  open,
  loads: { write: load },
  first: () => answered<Contact[]>(store().index('name').getAll(null, 50)),
  async readAll() {
    await open();
    read.push(await answered<Contact[]>(store().getAll()));
  },
  async watch(limit, next) {
    const count = limit === Infinity ? undefined : limit;
    ask = async () => next(shownOf(await answered<Contact[]>(store().index('lifecycle').getAll(customers, count))));
    await ask();
    return () => void (ask = async () => {});
  },
  changes: {
    async write(id, jobTitle) {
      const start = performance.now();
      const transaction = database!.transaction('contacts', 'readwrite');
      const contact = await answered<Contact>(transaction.objectStore('contacts').get(id));
      transaction.objectStore('contacts').put({ ...contact, jobTitle });
      await committed(transaction);
      await ask();
      return () => start;
    },
  },
  async close() {
    database?.close();
    database = undefined;
  },
});
