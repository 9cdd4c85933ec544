import { remove, type Change } from '../change.ts';
import type { IdOf } from '../records.ts';
import type { Store } from '../store.ts';
import { deepEqual } from './expect.ts';
import { added, id } from './store-kit.ts';

/** More than a rule reads at once. */
const many = 1250;

/** Deletes a record with 2,500 children, of which half go along and half forget it; none may be left behind. */
export const deleteManyChildren = async (store: Store): Promise<void> => {
  const { id: account } = await added(store, 'accounts', { name: 'Acme' });
  const link = { module: 'accounts', id: account };
  const children = (module: 'notes' | 'documents', values: Readonly<Record<string, unknown>>): readonly Change[] =>
    Array.from({ length: many }, () => ({ op: 'create', module, id: id(module), values }));
  await store.apply(children('notes', { record: link, body: 'x' }));
  await store.apply(children('documents', { title: 'x', type: 'html', content: 'x', related: [link] }));
  await store.apply([remove('accounts', account as IdOf<'accounts'>)]);
  const where = { related: { is: `accounts:${account}` } };
  const [notes, documents] = await Promise.all([
    store.list('notes', { count: 'exact' }),
    store.list('documents', { where, count: 'exact' }),
  ]);
  deepEqual([notes.count, documents.count], [0, 0]);
};
