import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Write } from '@tessera-crm/model/rules/workspace.js';
import { raisedBy } from './raised.ts';

const id = '0197a000-0000-7000-8000-000000000001';

const write = (module: string, changed: readonly string[], isNew = false): Write => ({
  module,
  id,
  before: isNew ? null : { id, version: 1 },
  after: { id, version: isNew ? 1 : 2 },
  changed,
});

describe('rights that writes change', () => {
  test('are one’s own where one’s own record decides, and everybody’s where the tree does', () => {
    assert.deepEqual(raisedBy([write('users', ['title'])]), []);
    assert.deepEqual(raisedBy([write('users', ['isAdmin'])]), [`users:${id}`, 'people']);
    assert.deepEqual(raisedBy([write('users', ['role', 'title'])]), [`users:${id}`, 'people', 'users:*']);
    assert.deepEqual(raisedBy([write('contacts', ['portalUser'])]), [`contacts:${id}`]);
    for (const module of ['roles', 'groups', 'profiles', 'sharingRules'])
      assert.deepEqual(raisedBy([write(module, ['name'])]), ['users:*', 'people']);
  });

  test('are nobody’s own where somebody is new, but those above may reach more', () => {
    assert.deepEqual(raisedBy([write('users', ['name', 'status'], true)]), ['people']);
    assert.deepEqual(raisedBy([write('users', ['name', 'status', 'role'], true)]), ['people', 'users:*']);
    assert.deepEqual(raisedBy([write('contacts', ['primaryAccount'], true)]), []);
  });

  test('are counted once, however many writes change them', () => {
    assert.deepEqual(raisedBy([write('groups', ['members']), write('users', ['groups'])]), [
      'users:*',
      'people',
      `users:${id}`,
    ]);
  });
});
