import type { CacheStatus } from '@tessera-crm/cache';
import { Observable } from '@tessera-crm/cache/observable.js';
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { tellDrift } from './tell-drift.ts';

it('tells of records that were not as the server has them, each of them once', () => {
  const status = new Observable({ drifted: 2, pending: 0 } as CacheStatus);
  const told: number[] = [];
  tellDrift({ status }, (count) => told.push(count));
  status.change({ drifted: 3 });
  status.change({ pending: 1 });
  status.change({ drifted: 7 });
  assert.deepEqual(told, [1, 4]);
});
