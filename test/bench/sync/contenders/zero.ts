// The client of Zero without its server: what is measured is its memory, which does not last.
import { Zero, createBuilder, createSchema, json, string, table, type Row, type Transaction } from '@rocicorp/zero';
import type { Contact } from '../contacts.ts';
import { offer } from '../contender.ts';

/** Contacts of one mutation. */
const atOnce = 5_000;

const columns = { id: string(), lifecycle: string(), last: string(), jobTitle: string(), contact: json() };
const schema = createSchema({
  tables: [table('contacts').columns(columns).primaryKey('id')],
  enableLegacyMutators: true,
  enableLegacyQueries: true,
});
interface Shown extends Pick<Contact, 'id' | 'jobTitle'> {
  readonly contact: Contact;
}

const contacts = createBuilder<Shown>(schema)['contacts']!;

const mutators = {
  async put(tx: Transaction, some: readonly Row[]) {
    for (const one of some) await tx.mutate['contacts']!.insert(one);
  },
  async change(tx: Transaction, change: Pick<Contact, 'id' | 'jobTitle'>) {
    await tx.mutate['contacts']!.update(change);
  },
};

let opened: Zero<typeof mutators> | undefined;

const open = async (): Promise<void> => {
  opened ??= new Zero({ schema, mutators, userID: 'user', cacheURL: null, kvStore: 'mem', logLevel: 'error' });
};

const rowOf = (contact: Contact): Row => {
  const { id, lifecycle, name, jobTitle } = contact;
  return { id, lifecycle, last: name.last, jobTitle, contact };
};

offer({
  open,
  loads: {
    async write(all) {
      await open();
      for (let start = 0; start < all.length; start += atOnce)
        await opened!.mutate.put(all.slice(start, start + atOnce).map(rowOf)).client;
    },
  },
  async first() {
    const view = opened!.materialize(contacts.orderBy('last', 'asc').limit(50));
    return view.data.map(({ contact }) => contact);
  },
  async watch(limit, next) {
    const all = contacts.where('lifecycle', 'customer').orderBy('last', 'asc');
    const view = opened!.materialize(limit === Infinity ? all : all.limit(limit));
    view.addListener((list) => {
      next({ size: list.length, jobTitleOf: (id) => list.find((one) => one.id === id)?.jobTitle });
    });
    return () => view.destroy();
  },
  changes: {
    async write(id, jobTitle) {
      const start = performance.now();
      await opened!.mutate.change({ id, jobTitle }).client;
      return () => start;
    },
  },
  close: async () => void (await opened!.close()),
});
