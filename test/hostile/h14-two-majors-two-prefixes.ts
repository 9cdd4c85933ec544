import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';
import { seen } from './support/known.ts';
import { nextVersion } from './support/next-major.ts';
import { belonging, secondLives, tellsOf } from './support/second-copy.ts';

export const host: Host = {
  does: 'this version and the next major on one page, with a prefix each',
  script: { first: '/elements', second: '/hostile/next/elements', prefix: 'acme' },
  checks: {
    ...secondLives,
    'each element finds the provider of its own prefix, and no other': async (visit) => {
      await visit.open();
      await visit.shows('ours-in-ours', seen.otherContact);
      await visit.shows('theirs-in-theirs', seen.otherContact);
      await visit.shows('ours-in-theirs', seen.contact);
      await visit.shows('theirs-in-ours', seen.contact);
      assert.deepEqual(
        await belonging(visit, ['ours-in-ours', 'theirs-in-ours', 'ours-in-theirs', 'theirs-in-theirs']),
        ['crm of a provider', 'acme 1', 'crm 0', 'acme of a provider'],
      );
      assert.deepEqual(await visit.complaints(), []);
    },
    'diagnostics() of both tells of the other': async (visit) => {
      await visit.open();
      await visit.shows('second', seen.contact);
      await tellsOf(visit, 'several-versions', nextVersion);
    },
  },
};
