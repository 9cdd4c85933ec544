import type { Cache } from '@tessera-crm/cache/cache.js';
import { update } from '@tessera-crm/model/change.js';
import type { IdOf } from '@tessera-crm/model/records.js';
import type { Shown } from './contender.ts';

/** Follows customers in a cache, as a list of ours does: a page of them. */
export const followCustomers = (cache: Cache, limit: number, next: (shown: Shown) => void): (() => void) =>
  cache.watchList(
    'contacts',
    { where: { lifecycle: 'customer' }, sort: ['name'], limit: Math.min(limit, 200) },
    {
      next: ({ records }) =>
        next({
          size: records.length,
          jobTitleOf: (id) => records.find((one) => one.id === id)?.jobTitle ?? undefined,
        }),
    },
  );

export const retitle = (id: string, jobTitle: string) => update('contacts', id as IdOf<'contacts'>, { jobTitle });
