// Replicache without a server: records come by a mutator, as its own patches would put them.
import { Replicache, type WriteTransaction } from 'replicache';
import type { Contact } from '../contacts.ts';
import { offer } from '../contender.ts';
import { shownOf } from '../shown-of.ts';

type Kept = Contact & { readonly order: string };

/** Contacts of one mutation. */
const atOnce = 5_000;

/** Milliseconds after which what was written is on the disk; nothing tells when it is. */
const persisting = 3_000;

const keyOf = (id: string): string => `contacts/${id}`;

const mutators = {
  async put(tx: WriteTransaction, some: readonly Kept[]) {
    for (const one of some) await tx.set(keyOf(one.id), one);
  },
  async change(tx: WriteTransaction, { id, jobTitle }: Pick<Contact, 'id' | 'jobTitle'>) {
    await tx.set(keyOf(id), { ...(await tx.get<Kept>(keyOf(id)))!, jobTitle });
  },
};

let opened: Replicache<typeof mutators> | undefined;

const open = async (): Promise<void> => {
  opened ??= new Replicache({
    name: 'replicache',
    pushURL: '',
    pullURL: '',
    logLevel: 'error',
    mutators,
    indexes: { last: { jsonPointer: '/name/last' }, order: { jsonPointer: '/order' } },
  });
  await opened.query((tx) => tx.has('contacts'));
};

offer({
  open,
  loads: {
    async write(all) {
      await open();
      for (let start = 0; start < all.length; start += atOnce) {
        const some = all.slice(start, start + atOnce);
        await opened!.mutate.put(some.map((one) => ({ ...one, order: `${one.lifecycle}/${one.name.last}` })));
      }
    },
  },
  first: () => opened!.query((tx) => tx.scan<Kept>({ indexName: 'last', limit: 50 }).values().toArray()),
  async watch(limit, next) {
    const options = { indexName: 'order', prefix: 'customer/', ...(limit !== Infinity && { limit }) };
    return opened!.subscribe((tx) => tx.scan<Kept>(options).values().toArray(), {
      onData: (list) => next(shownOf(list)),
    });
  },
  changes: {
    async write(id, jobTitle) {
      const start = performance.now();
      await opened!.mutate.change({ id, jobTitle });
      return () => start;
    },
  },
  async close() {
    await new Promise((resolve) => setTimeout(resolve, persisting));
    await opened!.close();
  },
});
