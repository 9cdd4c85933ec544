// The cache over a server of ours, which the address of the page names.
import type { Cache } from '@tessera-crm/cache/cache.js';
import { createCache } from '@tessera-crm/cache/create-cache.js';
import { createClient } from '@tessera-crm/client/client.js';
import { offer } from '../contender.ts';
import { followCustomers, retitle } from '../following.ts';
import { identity, registry } from '../memory-remote.ts';

const [url, token] = location.hash.slice(1).split('|') as [string, string];

let cache: Cache;

offer({
  async open() {
    cache = await createCache({ remote: createClient({ url, token }).store, name: 'online', registry, identity });
  },
  loads: {},
  first: async () => [],
  watch: async (limit, next) => followCustomers(cache, limit, next),
  changes: {
    async applied(id, jobTitle) {
      const start = performance.now();
      await cache.apply([retitle(id, jobTitle)]);
      return () => start;
    },
  },
  close: () => cache.close(),
});
