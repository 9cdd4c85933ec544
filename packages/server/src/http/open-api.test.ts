import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import { openApi } from './open-api.ts';

type Json = Readonly<Record<string, unknown>>;

const registry = builtInRegistry();
const document = JSON.parse(JSON.stringify(openApi(registry, { basePath: '', version: '1.0.0' }))) as Json;
const paths = document['paths'] as Readonly<Record<string, Json>>;
const schemas = (document['components'] as Json)['schemas'] as Readonly<Record<string, Json>>;

const methods = ['get', 'post', 'patch', 'delete'] as const;

const operations = Object.entries(paths).flatMap(([path, item]) =>
  methods.flatMap((method) => (item[method] ? [{ path, method, item, operation: item[method] as Json }] : [])),
);

/** Everything in a tree that is an object. */
function* objectsIn(value: unknown): Generator<Json> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Json;
  for (const item of Object.values(value)) yield* objectsIn(item);
}

const resolve = (pointer: string): unknown =>
  pointer
    .slice(2)
    .split('/')
    .reduce<unknown>(
      (value, name) => (value as Json | undefined)?.[name.replaceAll('~1', '/').replaceAll('~0', '~')],
      document,
    );

const jsonTypes = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']);

describe('the document of the API', () => {
  test('is OpenAPI 3.1 with what it has to have', () => {
    assert.match(String(document['openapi']), /^3\.1\.\d+$/);
    assert.deepEqual(
      Object.keys(document['info'] as Json).filter((key) => ['title', 'version'].includes(key)),
      ['title', 'version'],
    );
    assert.ok(operations.length > (20 * registry.all.length) / 3);
  });

  test('points only to what is there', () => {
    for (const object of objectsIn(document)) {
      const ref = object['$ref'];
      if (typeof ref === 'string') assert.notEqual(resolve(ref), undefined, ref);
    }
  });

  test('names every operation once', () => {
    const ids = operations.map(({ operation }) => operation['operationId']);
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(ids.every((id) => typeof id === 'string' && id !== ''));
  });

  test('declares every part of a path, and no other', () => {
    for (const { path, item, operation } of operations) {
      const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const given = [
        ...((item['parameters'] ?? []) as readonly Json[]),
        ...((operation['parameters'] ?? []) as readonly Json[]),
      ];
      assert.deepEqual(
        given.filter((one) => one['in'] === 'path').map((one) => one['name']),
        wanted,
        path,
      );
      for (const one of given) {
        assert.ok(['path', 'query', 'header'].includes(String(one['in'])), path);
        assert.equal(typeof one['schema'], 'object');
      }
    }
  });

  test('says what every operation answers, also when it fails', () => {
    for (const { path, method, operation } of operations) {
      const responses = operation['responses'] as Readonly<Record<string, Json>>;
      assert.ok(
        Object.keys(responses).some((status) => /^20\d$/.test(status)),
        `${method} ${path}`,
      );
      assert.ok(responses['default'], `${method} ${path}`);
      for (const response of Object.values(responses))
        assert.ok(response['$ref'] ?? response['description'], `${method} ${path}`);
    }
  });

  test('has schemas of JSON Schema’s own types only', () => {
    for (const schema of objectsIn(schemas)) {
      const { type } = schema;
      if (
        typeof type === 'string' &&
        Object.keys(schema).some((key) => ['properties', 'items', 'format', 'pattern', 'maxLength'].includes(key))
      )
        assert.ok(jsonTypes.has(type), JSON.stringify(schema).slice(0, 200));
    }
  });

  test('describes the records, drafts and changes of every module', () => {
    for (const module of registry.all) {
      const name = `${module.key[0]!.toUpperCase()}${module.key.slice(1)}`;
      const fields = Object.keys(module.fields);
      const keysOf = (schema: string): readonly string[] => Object.keys(schemas[schema]?.['properties'] as Json);
      assert.deepEqual(keysOf(name).toSorted(), ['id', 'version', ...fields].toSorted(), name);
      const writable = fields.filter((field) => module.fields[field]!.presence !== 'computed');
      assert.deepEqual(keysOf(`${name}Patch`).toSorted(), writable.toSorted(), name);
      assert.deepEqual(keysOf(`${name}Draft`).toSorted(), ['id', ...writable].toSorted(), name);
      const required = (schemas[`${name}Draft`]?.['required'] ?? []) as readonly string[];
      assert.deepEqual(
        required.toSorted(),
        fields.filter((field) => module.fields[field]!.presence === 'required').toSorted(),
        name,
      );
      for (const path of [
        `/v1/${module.key}`,
        `/v1/${module.key}/{id}`,
        ...Object.keys(module.actions).map((action) => `/v1/${module.key}/{id}/${action}`),
      ])
        assert.ok(paths[path], path);
    }
  });

  test('asks for a token everywhere but where anybody may come', () => {
    const open = operations
      .filter(({ operation }) => (operation['security'] as readonly unknown[] | undefined)?.length === 0)
      .map(({ path }) => path);
    assert.deepEqual(open.toSorted(), ['/healthz', '/metrics', '/readyz', '/v1/login']);
    assert.deepEqual(document['security'], [{ token: [] }]);
  });
});
