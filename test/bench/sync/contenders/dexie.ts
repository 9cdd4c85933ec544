// Dexie as its documentation has it: one table with two indexes, lists by `liveQuery`.
import type { Contact } from '../contacts.ts';
import { offer } from '../contender.ts';
import { shownOf } from '../shown-of.ts';

const { Dexie, liveQuery } = await import('dexie');

const database = new Dexie('dexie');
database.version(1).stores({ contacts: 'id, name.last, [lifecycle+name.last]' });
const table = database.table<Contact>('contacts');

const open = async (): Promise<void> => void (await database.open());

offer({
  open,
  loads: {
    async write(all) {
      await open();
      await table.bulkPut(all);
    },
  },
  first: () => table.orderBy('name.last').limit(50).toArray(),
  async watch(limit, next) {
    const customers = () => {
      const all = table.where('[lifecycle+name.last]').between(['customer', Dexie.minKey], ['customer', Dexie.maxKey]);
      return (limit === Infinity ? all : all.limit(limit)).toArray();
    };
    const { unsubscribe } = liveQuery(customers).subscribe((list) => next(shownOf(list)));
    return unsubscribe;
  },
  changes: {
    async write(id, jobTitle) {
      const start = performance.now();
      await table.update(id, { jobTitle });
      return () => start;
    },
  },
  close: async () => database.close(),
});
