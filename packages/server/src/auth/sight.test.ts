import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import type { ChangeEvent } from '@tessera-crm/model/protocol/events.js';
import { queryContextOf } from '@tessera-crm/model/query/query-context.js';
import type { Where } from '@tessera-crm/model/query/query.js';
import { defaultSettings } from '@tessera-crm/model/settings.js';
import { policyOf } from './policy.ts';
import type { Policy, Rights } from './rights.ts';
import { Sight } from './sight.ts';

const registry = builtInRegistry();
const me = { type: 'subject', module: 'contacts', id: '01900000-0000-7000-8000-000000000001' } as const;
const context = queryContextOf({ registry, identity: me, settings: defaultSettings }, '2026-06-15T10:00:00.000Z');

const eventOf = (seq: number, ...modules: readonly string[]): ChangeEvent => ({
  seq,
  changes: modules.map((module) => ({ module, id: crypto.randomUUID(), version: 2, op: 'update' })),
});

/** A policy under which tickets are seen by a condition of their own, and nothing else at all. */
const ticketsWhere =
  (where: Where): Policy =>
  (module) =>
    module.key === 'tickets' ? ({ may: () => true, read: null, where } as unknown as Rights) : null;

const sightOf = (policy: Policy): Sight => new Sight({ policy, context, images: async () => new Map() });

describe('sight that depends on other records', () => {
  const across = sightOf(ticketsWhere({ account: { has: { name: 'Acme' } } }));

  test('names nothing, and is unsure whenever one of those records may have changed it', async () => {
    for (const modules of [['tickets'], ['accounts'], ['deals', 'accounts']]) {
      const seen = await across.of([eventOf(1, ...modules)]);
      assert.deepEqual(seen, { events: [{ seq: 1, changes: [] }], isUnsure: true });
    }
  });

  test('is sure while nothing of that kind changes', async () => {
    assert.equal((await across.of([eventOf(1, 'deals'), eventOf(2, 'users')])).isUnsure, false);
  });

  test('is nobody’s whose conditions are about the records alone', async () => {
    for (const policy of [
      ticketsWhere({ subject: 'x' }),
      policyOf({ identity: me, scope: null, fieldPolicy: null } as Parameters<typeof policyOf>[0])!,
    ])
      assert.equal((await sightOf(policy).of([eventOf(1, ...registry.keys)])).isUnsure, false);
  });
});

describe('sight of everything', () => {
  test('passes on every change of the modules that may be read, without a look at the records', async () => {
    const blind = new Sight({ policy: ticketsWhere(null as unknown as Where), context, images: () => assert.fail() });
    const event = eventOf(1, 'tickets', 'deals');
    assert.deepEqual((await blind.of([event])).events, [{ seq: 1, changes: [event.changes[0]] }]);
  });
});
