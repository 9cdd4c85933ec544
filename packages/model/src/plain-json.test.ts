import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { readCursor, writeCursor } from './query/cursor.ts';
import { toSearchParams } from './query/url.ts';
import { plainJson } from './plain-json.ts';

const body = {
  tags: ['a "b"', ['c']],
  amount: 12.5,
  when: new Date(0),
  none: null,
  not: undefined,
  nested: [{ x: [] }],
};

const expected = JSON.stringify(body);

describe('JSON on a page whose library', () => {
  const changed: object[] = [];
  afterEach(() => {
    for (const prototype of changed.splice(0)) Reflect.deleteProperty(prototype, 'toJSON');
  });

  const give = (prototype: object): void => {
    changed.push(prototype);
    Object.defineProperty(prototype, 'toJSON', {
      configurable: true,
      value(this: unknown) {
        return `corrupted ${String(this)}`;
      },
    });
  };

  it('gave arrays, strings and numbers a toJSON is written as it is', () => {
    for (const { prototype } of [Array, String, Number]) give(prototype);
    assert.match(JSON.stringify(['a']), /corrupted/);
    assert.equal(plainJson(body), expected);
  });

  it('gave every object a toJSON is written as it is', () => {
    give(Object.prototype);
    assert.match(JSON.stringify({ a: [] }), /corrupted/);
    assert.equal(plainJson(body), expected);
  });

  it('gave arrays a toJSON has cursors and addresses that can be read', () => {
    give(Array.prototype);
    const position = { keys: ['Rossi', 12, null], id: '0190a0b1-0000-7000-8000-000000000001' as never };
    const sort = ['name', 'amount', 'owner'].map((field) => ({ field, descending: false }));
    assert.deepEqual(readCursor(writeCursor(position, sort), sort), position);
    const params = toSearchParams({ module: 'deals', where: { stage: { in: ['offer'] } } } as never);
    assert.equal(params.get('where'), '{"stage":{"in":["offer"]}}');
  });
});
