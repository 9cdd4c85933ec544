import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import { columnsOf, nextSort } from './columns.ts';

const registry = builtInRegistry();

describe('the columns of a list', () => {
  test('are those that exist, each once, in the order asked for', () => {
    const columns = columnsOf(registry.get('accounts'), registry, ['lifecycle', 'name', 'nope', 'constructor', 'name']);
    assert.deepEqual(
      columns.map(({ name }) => name),
      ['lifecycle', 'name'],
    );
  });

  test('know which figures stand under each other, what sorts, and what comes along', () => {
    const columns = columnsOf(registry.get('deals'), registry, ['amount', 'account', 'owner', 'tags']);
    assert.deepEqual(
      columns.map(({ name, isFigure, isSortable, target }) => [name, isFigure, isSortable, target]),
      [
        ['amount', true, true, undefined],
        ['account', false, true, 'accounts'],
        ['owner', false, true, undefined],
        ['tags', false, false, undefined],
      ],
    );
  });

  test('sort upwards, downwards, and as before', () => {
    const up = nextSort(undefined, 'name');
    const down = nextSort(up, 'name');
    assert.deepEqual(
      [up, down, nextSort(down, 'name'), nextSort(down, 'amount')],
      [['name'], ['-name'], undefined, ['amount']],
    );
  });
});
