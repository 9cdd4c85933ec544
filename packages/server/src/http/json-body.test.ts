import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isCrmError, type CrmError } from '@tessera-crm/model/errors.js';
import fc from 'fast-check';
import { maxBodyBytes, readJson } from './json-body.ts';
import { jsonFault } from './json-fault.ts';

const sent = (body: BodyInit, type = 'application/json'): Request =>
  new Request('http://crm.test/v1/deals', { method: 'POST', body, headers: { 'content-type': type } });

const refusal = async (request: Request): Promise<CrmError> => {
  try {
    await readJson(request);
  } catch (error) {
    if (isCrmError(error)) return error;
    throw error;
  }
  return assert.fail('It was accepted.');
};

describe('a body of JSON', () => {
  test('is read, whatever is in its strings', async () => {
    const value = { name: 'Ünïcödé "quoted" \u2028', lines: [{ quantity: 1 }], empty: null };
    assert.deepEqual(await readJson(sent(JSON.stringify(value))), value);
  });

  test('may have a charset or a suffix in its type', async () => {
    for (const type of ['application/json; charset=utf-8', 'Application/JSON', 'application/merge-patch+json'])
      assert.deepEqual(await readJson(sent('{}', type)), {});
  });

  test('has to say that it is JSON', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
      assert.equal((await refusal(sent('{}', type))).issues[0]?.code, 'content-type');
  });

  test('is refused with the place where it breaks', async () => {
    const error = await refusal(sent('{\n  "name": "Rossi",\n  "amount": ,\n}'));
    assert.equal(error.code, 'validation');
    assert.deepEqual(error.issues, [{ path: '', code: 'json', params: { line: 3, column: 13 } }]);
  });

  test('has to be an object', async () => {
    for (const text of ['[]', '"text"', '12', 'null'])
      assert.equal((await refusal(sent(text))).issues[0]?.code, 'object');
  });

  test('stops being read when it is too large, with or without a length', async () => {
    const long = `{"note":"${'x'.repeat(2 * 1024 * 1024)}"}`;
    const error = await refusal(sent(long));
    assert.equal(error.code, 'too-large');
    assert.equal(error.issues[0]?.path, '/note');
    let given = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        given += 65_536;
        controller.enqueue(new Uint8Array(65_536));
      },
    });
    const request = new Request('http://crm.test/', {
      method: 'POST',
      body: endless,
      duplex: 'half',
      headers: { 'content-type': 'application/json' },
    } as RequestInit);
    assert.equal((await refusal(request)).code, 'too-large');
    assert.ok(given <= maxBodyBytes + 4 * 65_536, `${given} bytes were taken`);
  });

  test('names the value in the middle of which it became too large', async () => {
    const long = 'x'.repeat(2 * 1024 * 1024);
    const body = { changes: [{ module: 'notes' }, { 'a/b': [1, { 'say "hi"\\': long }] }] };
    const error = await refusal(sent(JSON.stringify(body)));
    assert.equal(error.issues[0]?.path, '/changes/1/a~1b/1/say "hi"\\');
  });

  test('is looked through once, however long a string it breaks off in', async () => {
    const error = await refusal(sent(`{"note":"${'x'.repeat(1_000_000)}`));
    assert.deepEqual(error.issues[0]?.params, { line: 1, column: 9 });
  });

  test('may not nest beyond reason, however deep it goes', async () => {
    for (const depth of [60, 100_000]) {
      const error = await refusal(sent(`{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`));
      assert.equal(error.issues[0]?.code, 'too-deep');
    }
  });

  test('may not reach into prototypes', async () => {
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      const error = await refusal(sent(`{"custom":[{"${key}":{"admin":true}}]}`));
      assert.deepEqual(error.issues[0], { path: `/custom/0/${key}`, code: 'unknown-field', params: { field: key } });
    }
    assert.equal(({} as Record<string, unknown>)['admin'], undefined);
  });
});

describe('the place of a fault in JSON', () => {
  const places: readonly (readonly [string, number, number])[] = [
    ['', 1, 1],
    ['{', 1, 2],
    ['{"a"', 1, 5],
    ['{"a":1,}', 1, 8],
    ['[1,]', 1, 4],
    ['{a:1}', 1, 2],
    ["{'a':1}", 1, 2],
    ['{"a":01}', 1, 7],
    ['{"a":tru}', 1, 6],
    ['{"a":1}}', 1, 8],
    ['{"a":[1,2}', 1, 10],
    ['{"a":"\\x"}', 1, 6],
    ['{\n"a": 1\n"b": 2}', 3, 1],
  ];
  for (const [text, line, column] of places)
    test(`of ${JSON.stringify(text)} is line ${line}, column ${column}`, () => {
      assert.throws(() => JSON.parse(text));
      assert.deepEqual(jsonFault(text), { line, column });
    });

  test('is the end of the text for every JSON that was cut off', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, at) => {
        const cut = `[${text}`.slice(0, 1 + (at % (text.length + 1)));
        const { line } = jsonFault(cut);
        assert.ok(line >= 1);
        assert.throws(() => JSON.parse(cut));
      }),
    );
  });
});
