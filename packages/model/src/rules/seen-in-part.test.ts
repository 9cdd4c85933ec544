import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Change } from '../change.ts';
import { isCrmError } from '../errors.ts';
import { MemoryState } from '../memory/memory-state.ts';
import { RecordMap } from '../memory/record-map.ts';
import type { AnyRecord } from '../module.ts';
import { builtInRegistry } from '../modules/built-in.ts';
import { queryContextOf } from '../query/query-context.ts';
import { defaultSettings } from '../settings.ts';
import { RuleBench } from '../testing/rule-bench.ts';
import { apply } from './apply.ts';

const registry = builtInRegistry();
const now = '2026-06-15T10:00:00.000Z';

/** What a customer may read of a ticket of theirs. */
const seenByCustomer = async () => {
  const bench = new RuleBench();
  const contact = await bench.add('contacts', { name: { first: 'Carla', last: 'Neri' } });
  const ticket = await bench.add('tickets', { subject: 'Broken', contact: contact.id });
  const fields = registry.get('tickets').portal!.read;
  const seen = Object.fromEntries(['id', 'version', ...fields].map((field) => [field, ticket[field]])) as AnyRecord;
  const identity = { type: 'subject', module: 'contacts', id: contact.id } as const;
  const circumstances = { registry, identity, settings: defaultSettings };
  const records = new RecordMap(registry);
  records.put('tickets', seen);
  const state = new MemoryState(records, () => queryContextOf(circumstances, now), { numbers: false });
  const change = (one: object) =>
    apply({ module: 'tickets', id: seen.id, ...one } as Change, state, {
      ...circumstances,
      now,
      source: 'portal',
      newId: () => bench.newId(),
    });
  return { change };
};

describe('a record of which one sees only some fields', () => {
  test('can be acted on: what is not to be seen is not missing', async () => {
    const { change } = await seenByCustomer();
    const { writes } = await change({ op: 'act', action: 'comment', args: { body: 'Still broken' } });
    assert.ok(writes.some(({ module, after }) => module === 'notes' && after['body'] === 'Still broken'));
  });

  test('cannot lose what it has to have', async () => {
    const { change } = await seenByCustomer();
    await assert.rejects(
      change({ op: 'update', values: { subject: null } }),
      (error) => isCrmError(error, 'validation') && error.message.includes('/subject'),
    );
  });
});
