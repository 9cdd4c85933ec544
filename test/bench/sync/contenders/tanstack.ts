// TanStack DB, which keeps nothing on the device.
import { BTreeIndex, createCollection, createLiveQueryCollection, eq, localOnlyCollectionOptions } from '@tanstack/db';
import type { Contact } from '../contacts.ts';
import { offer } from '../contender.ts';

const local = localOnlyCollectionOptions<Contact>({ id: 'contacts', getKey: ({ id }) => id });
const contacts = createCollection<Contact>({ ...local, autoIndex: 'eager', defaultIndexType: BTreeIndex });

offer({
  open: async () => {},
  loads: { write: async (all) => void contacts.insert(all) },
  async first() {
    const list = createLiveQueryCollection<Contact>((query) =>
      query
        .from({ contact: contacts })
        .orderBy(({ contact }) => contact.name.last)
        .limit(50),
    );
    await list.preload();
    return list.toArray;
  },
  async watch(limit, next) {
    const list = createLiveQueryCollection<Contact>((query) => {
      const all = query
        .from({ contact: contacts })
        .where(({ contact }) => eq(contact.lifecycle, 'customer'))
        .orderBy(({ contact }) => contact.name.last);
      return limit === Infinity ? all : all.limit(limit);
    });
    await list.preload();
    const show = (): void => next({ size: list.size, jobTitleOf: (id) => list.get(id)?.jobTitle });
    const subscription = list.subscribeChanges(show);
    show();
    return () => subscription.unsubscribe();
  },
  changes: {
    async write(id, jobTitle) {
      const start = performance.now();
      contacts.update(id, (draft) => void (draft.jobTitle = jobTitle));
      return () => start;
    },
  },
  close: async () => {},
});
