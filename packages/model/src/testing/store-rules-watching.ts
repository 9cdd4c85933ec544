import { remove, update } from '../change.ts';
import type { IdOf, RecordOf } from '../records.ts';
import { deepEqual } from './expect.ts';
import { added, names, type StoreRule } from './store-kit.ts';

/** Waits until a watcher was told something that passes. */
const told = <T>(
  subscribe: (next: (value: T) => void) => () => void,
  wanted: (value: T) => boolean,
): Promise<T> & { stop(): void } => {
  let stop = (): void => {};
  const heard = new Promise<T>((resolve) => {
    stop = subscribe((value) => {
      if (wanted(value)) resolve(value);
    });
  });
  return Object.assign(heard, { stop: () => stop() });
};

/** Being told of changes. */
export const watchingRules: Readonly<Record<string, StoreRule>> = {
  'S25 tells a watcher the record now, after each change, and when it is gone': async (store) => {
    const made = await added(store, 'accounts', { name: 'Neri' });
    const key = made.id as IdOf<'accounts'>;
    const heard: (string | null)[] = [];
    const watchers = new Set<() => void>();
    const gone = told<RecordOf<'accounts'> | null>(
      (next) =>
        store.watch('accounts', key, {
          next: (record) => {
            heard.push(record?.name ?? null);
            for (const look of watchers) look();
            next(record);
          },
        }),
      (record) => record === null,
    );
    // nothing is changed before this watcher, and not another one, has been told of what there was
    await new Promise<void>((resolve) => (heard.length > 0 ? resolve() : watchers.add(resolve)));
    await store.apply([update('accounts', key, { name: 'Bianchi' })]);
    await told<RecordOf<'accounts'> | null>(
      (next) => store.watch('accounts', key, { next }),
      (record) => record?.name === 'Bianchi',
    );
    await store.apply([remove('accounts', key)]);
    await gone;
    gone.stop();
    deepEqual([heard[0], heard.at(-1)], ['Neri', null]);
  },
  'S26 tells a watcher of a list when a record enters, moves or leaves': async (store) => {
    const heard = (wanted: string) =>
      told<{ readonly records: readonly unknown[] }>(
        (next) => store.watchList('accounts', { where: { industry: 'it' }, sort: ['name'] }, { next }),
        (page) => names(page) === wanted,
      );
    const steps = [heard(''), heard('Acme'), heard('Acme,Zeta'), heard('Zeta')] as const;
    await steps[0];
    const acme = await added(store, 'accounts', { name: 'Acme', industry: 'it' });
    await steps[1];
    await added(store, 'accounts', { name: 'Zeta', industry: 'it' });
    await steps[2];
    await store.apply([update('accounts', acme.id as IdOf<'accounts'>, { industry: 'food' })]);
    await steps[3];
    for (const step of steps) step.stop();
  },
  'S27 lets no change wait for ever, and says when it waits no more': async (store) => {
    const made = await added(store, 'accounts', { name: 'Neri' });
    const { outgoing } = store;
    if (!outgoing) return;
    await new Promise<void>((resolve) => {
      const look = (): void => void (outgoing.isWaiting('accounts', made.id) || resolve());
      outgoing.subscribe(look);
      look();
    });
    deepEqual(outgoing.refused('accounts', made.id), []);
  },
};
