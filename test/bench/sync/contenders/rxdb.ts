// RxDB over its free storage in IndexedDB, which is Dexie.
import { createRxDatabase, type RxCollection, type RxDatabase } from 'rxdb/plugins/core';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { contactOf, type Contact } from '../contacts.ts';
import { offer } from '../contender.ts';

const schemaOf = (value: unknown): object => {
  const types = { string: 'string', number: 'number', boolean: 'boolean' } as const;
  const type = types[typeof value as keyof typeof types];
  return type ? { type } : {};
};

const text = { type: 'string', maxLength: 60 };

/** Only fields that have a value: a schema names the type of each. */
const schema = {
  version: 0,
  type: 'object',
  primaryKey: 'id',
  properties: {
    ...Object.fromEntries(Object.entries(contactOf(0)).map(([field, value]) => [field, schemaOf(value)])),
    id: text,
    lifecycle: text,
    name: { type: 'object', properties: { last: text, first: text } },
  },
  required: ['id', 'lifecycle', 'name'],
  indexes: ['name.last', ['lifecycle', 'name.last']],
};

let database: RxDatabase | undefined;
let collection: RxCollection<Contact>;

const open = async (): Promise<void> => {
  if (database) return;
  database = await createRxDatabase({ name: 'rxdb', storage: getRxStorageDexie(), multiInstance: false });
  ({ contacts: collection } = await database.addCollections<{ contacts: RxCollection<Contact> }>({
    contacts: { schema },
  }));
};

const sort = [{ 'name.last': 'asc' }] as const;

offer({
  open,
  loads: {
    async write(all) {
      await open();
      const { error } = await collection.bulkInsert(all);
      if (error.length > 0) throw new Error(`RxDB refused ${error.length} contacts.`);
    },
  },
  async first() {
    return (await collection.find({ sort, limit: 50 }).exec()).map((document) => document.toJSON());
  },
  async watch(limit, next) {
    const query = { selector: { lifecycle: 'customer' }, sort, ...(limit !== Infinity && { limit }) };
    const subscription = collection.find(query).$.subscribe((list) => {
      const jobTitleOf = (id: string): string | undefined => list.find(({ primary }) => primary === id)?.jobTitle;
      next({ size: list.length, jobTitleOf });
    });
    return () => subscription.unsubscribe();
  },
  changes: {
    async write(id, jobTitle) {
      const document = await collection.findOne(id).exec();
      const start = performance.now();
      await document!.incrementalPatch({ jobTitle });
      return () => start;
    },
  },
  close: async () => void (await database!.close()),
});
