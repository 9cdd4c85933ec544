import assert from 'node:assert/strict';
import { it } from 'node:test';
import { plainJson } from './plain-json.ts';

it('writes plain data as it is on a page whose library gave arrays, strings and numbers a toJSON', (context) => {
  const body = {
    tags: ['a "b"', ['c']],
    amount: 12.5,
    when: new Date(0),
    none: null,
    not: undefined,
    nested: [{ x: [] }],
  };
  const expected = JSON.stringify(body);
  for (const { prototype } of [Array, String, Number]) {
    Object.defineProperty(prototype, 'toJSON', {
      configurable: true,
      value(this: unknown) {
        return `corrupted ${String(this)}`;
      },
    });
    context.after(() => Reflect.deleteProperty(prototype, 'toJSON'));
  }
  assert.match(JSON.stringify(['a']), /corrupted/);
  assert.equal(plainJson(body), expected);
});
