import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';
import { seen } from './support/known.ts';
import { nextVersion } from './support/next-major.ts';
import { belonging, tellsOf } from './support/second-copy.ts';

const ours = '/elements';
const next = '/hostile/next/elements';
const late = '/hostile/late/elements';

export const host: Host = {
  does: 'this version and the next major on one page, with one prefix',
  script: { first: ours, second: next, prefix: 'crm' },
  checks: {
    'whichever comes first has all tags of the prefix, the provider too': async (visit) => {
      for (const [first, second] of [
        [ours, next],
        [next, ours],
        // Of which the second has its provider earlier
        [late, next],
      ]) {
        await visit.open(`first=${first}&second=${second}`);
        await visit.shows('card', seen.contact);
        await visit.shows('history', seen.ticket);
        await visit.shows('form', 'Subject');
        await visit.shows('board', seen.deal);
        await visit.shows('provided', seen.otherContact);
        assert.deepEqual(
          await belonging(visit, ['card', 'history', 'form', 'board', 'provided']),
          ['crm 0', 'crm 0', 'crm 0', 'crm 0', 'crm of a provider'],
          `${first} before ${second}`,
        );
      }
      assert.deepEqual(await visit.complaints(), []);
    },
    'diagnostics() of both says that they share a prefix': async (visit) => {
      await visit.open();
      await visit.shows('card', seen.contact);
      await tellsOf(visit, 'prefix-shared', nextVersion);
    },
  },
};
