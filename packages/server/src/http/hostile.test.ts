import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import type { Field } from '@tessera-crm/model/kind.js';
import { isWritable } from '@tessera-crm/model/module.js';
import { engines } from '../testing/test-database.ts';
import { TestApp, type Answer } from '../testing/test-app.ts';
import { cleanHtml } from './clean-html.ts';

const file = new URL('../../../../../shared/data/hostile/blns.json', import.meta.url);
const missing = existsSync(file) ? false : 'shared/data/hostile is not there';

/** A module of whose texts every kind is tried: short, long, formatted. */
const module = 'tickets';

const isText = ({ kind, options }: Field): boolean =>
  ['text', 'longtext', 'richtext'].includes(kind.control(options).as);

interface Outcome {
  readonly ok: boolean;
  readonly record: Readonly<Record<string, unknown>> | null;
  readonly error?: {
    readonly code: string;
    readonly detail: string;
    readonly errors?: readonly { readonly path: string; readonly code: string }[];
  };
}

for (const engine of engines)
  describe(`hostile texts, on ${engine.name}`, { skip: engine.skip || missing }, () => {
    let app: TestApp;
    let token: string;
    let fields: readonly (readonly [string, Field])[];
    const strings = missing ? [] : (JSON.parse(readFileSync(file, 'utf8')) as readonly string[]);

    before(async () => {
      app = await TestApp.open(engine);
      token = await app.key(await app.tenant('demo'));
      fields = Object.entries(app.registry.get(module).fields).filter(
        ([, field]) => isWritable(field) && field.kind.domain === 'text' && isText(field),
      );
    });
    after(async () => app.close());

    const createAll = async (name: string): Promise<readonly Outcome[]> => {
      const outcomes: Outcome[] = [];
      for (let start = 0; start < strings.length; start += 250) {
        const changes = strings
          .slice(start, start + 250)
          .map((text) => ({ op: 'create', module, id: crypto.randomUUID(), values: { subject: 'x', [name]: text } }));
        const answer: Answer = await app.ask('POST /v1/changes', { token, body: { changes, atomic: false } });
        assert.equal(answer.status, 200, answer.text.slice(0, 500));
        outcomes.push(...(answer.at('results') as readonly Outcome[]));
      }
      return outcomes;
    };

    test('are stored exactly, or refused with a code, a sentence and the field', async () => {
      assert.ok(fields.length >= 5 && strings.length > 500);
      for (const [name, field] of fields) {
        const isFormatted = field.kind.control(field.options).as === 'richtext';
        for (const [index, { ok, record, error }] of (await createAll(name)).entries()) {
          const text = strings[index]!;
          const told = `${name}: ${JSON.stringify(text)}`;
          if (ok) assert.equal(record?.[name], isFormatted ? cleanHtml(text) : text, told);
          else {
            assert.equal(error?.code, 'validation', told);
            assert.equal(error.errors?.[0]?.path, `/${name}`, told);
            assert.match(error.errors?.[0]?.code ?? '', /^[a-z-]+$/, told);
            assert.ok(error.detail.length > 0, told);
          }
        }
      }
    });

    test('find nothing but themselves, in filters, searches and cursors', async () => {
      for (const text of strings) {
        const wanted = encodeURIComponent(JSON.stringify({ subject: { contains: text } }));
        for (const query of [`where=${wanted}&limit=1`, `search=${encodeURIComponent(text.slice(0, 200))}&limit=1`]) {
          const { status } = await app.ask(`GET /v1/${module}?${query}`, { token });
          assert.ok(status === 200 || status === 400, `${status}: ${query}`);
        }
      }
      for (const text of strings.slice(0, 100)) {
        for (const query of [
          `after=${encodeURIComponent(text)}`,
          `sort=${encodeURIComponent(text)}`,
          `fields=${encodeURIComponent(text)}`,
          encodeURIComponent(text),
        ]) {
          const { status } = await app.ask(`GET /v1/${module}?${query}&limit=1`, { token });
          assert.ok(status === 200 || status === 400, `${status}: ${query}`);
        }
        const { status } = await app.ask(`GET /v1/${encodeURIComponent(text)}/x`, { token });
        assert.equal(status, 404);
      }
      assert.deepEqual(app.logged, []);
    });
  });
