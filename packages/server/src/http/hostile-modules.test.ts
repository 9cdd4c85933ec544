import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Field } from '@tessera-crm/model/kind.js';
import type { Module } from '@tessera-crm/model/module.js';
import { hostileTexts, plainRecords, skipHostile, textFields, withText } from '../testing/hostile-texts.ts';
import { TestApp } from '../testing/test-app.ts';
import { pglite } from '../testing/test-database.ts';
import { cleanHtml } from './clean-html.ts';

/** How many texts are written together. */
const texts = 130;

type Values = Readonly<Record<string, unknown>>;

interface Outcome {
  readonly ok: boolean;
  readonly record: Values | null;
  readonly error?: {
    readonly detail: string;
    readonly errors?: readonly { readonly path: string; readonly code: string }[];
  };
}

/** Values of some fields of a module that hold a text. */
interface Attempt {
  readonly module: Module;
  readonly id: string;
  readonly text: string;
  readonly values: Values;
}

const isFormatted = ({ kind, options }: Field): boolean => kind.control(options).as === 'richtext';

/** Whether the value is all right by itself; HTML is cleaned before anybody looks at it. */
const fits = (field: Field, value: unknown): boolean =>
  isFormatted(field) || field.kind.schema(field.options).safeParse(value).success;

/** What rules write in capitals. */
const capitals = new Set(['accounts.sdiCode']);

/** What is kept of a value: all of it, with its parts filled in as its kind does, and of HTML what is harmless. */
const kept = (module: Module, name: string, value: unknown): unknown => {
  const field = module.fields[name]!;
  if (capitals.has(`${module.key}.${name}`)) return String(value).toUpperCase();
  return isFormatted(field) ? cleanHtml(String(value)) : field.kind.schema(field.options).parse(value);
};

/** One engine is enough: what is written, and how, is the same for all. */
describe('every text field of every module', { skip: skipHostile }, () => {
  let app: TestApp;
  let token: string;
  before(async () => {
    app = await TestApp.open(pglite);
    token = await app.key(await app.tenant('demo'));
  });
  after(async () => app.close());

  const send = async (changes: readonly object[]): Promise<readonly Outcome[]> => {
    const answer = await app.ask('POST /v1/changes', { token, body: { changes, atomic: false } });
    assert.equal(answer.status, 200, answer.text.slice(0, 500));
    return answer.at('results') as readonly Outcome[];
  };

  const update = async (attempts: readonly Attempt[]): Promise<readonly Outcome[]> => {
    const changes = attempts.map(({ module: { key }, id, values }) => ({ op: 'update', module: key, id, values }));
    return changes.length > 0 ? send(changes) : [];
  };

  /** The fields that an answer refuses, each with a code; there is a sentence, and no other field is blamed. */
  const refusedIn = ({ module, text, values }: Attempt, { ok, error }: Outcome): readonly string[] => {
    const told = `${module.key}: ${JSON.stringify(text)}`;
    assert.equal(ok, false, told);
    assert.ok(error!.detail.length > 0, told);
    const refused = (error!.errors ?? []).map(({ path, code }) => {
      const name = path.split('/')[1] ?? '';
      assert.match(code, /^[a-z-]+$/, told);
      assert.ok(Object.hasOwn(values, name), `${told} blames ${path}`);
      return name;
    });
    assert.ok(refused.length > 0, told);
    return [...new Set(refused)].toSorted();
  };

  const checkKept = ({ module, text, values }: Attempt, { record }: Outcome): void => {
    for (const [name, value] of Object.entries(values))
      assert.deepEqual(record![name], kept(module, name, value), `${module.key}.${name}: ${JSON.stringify(text)}`);
  };

  /** Writes what fits; what rules refuse of it is left out the next time. */
  const store = async (all: readonly Attempt[]): Promise<void> => {
    let open = all;
    for (let round = 0; open.length > 0; round++) {
      assert.ok(round < 3, `${open[0]!.module.key}: ${JSON.stringify(open[0]!.text)} is refused again and again`);
      const outcomes = await update(open);
      open = open.flatMap((attempt, index) => {
        const outcome = outcomes[index]!;
        if (outcome.ok) return (checkKept(attempt, outcome), []);
        const refused = new Set(refusedIn(attempt, outcome));
        const values = Object.entries(attempt.values).filter(([name]) => !refused.has(name));
        return [{ ...attempt, values: Object.fromEntries(values) }];
      });
    }
  };

  test('stores a text exactly, or refuses it with a code, a sentence and the field', async () => {
    const slots = Array.from({ length: texts }, plainRecords);
    const others = app.registry.all.filter(({ key }) => key !== 'sharingRules');
    assert.deepEqual(Object.keys(slots[0]!).toSorted(), others.map(({ key }) => key).toSorted());
    for (const key of Object.keys(slots[0]!)) {
      const made = await send(slots.map((slot) => ({ op: 'create', module: key, ...slot[key]! })));
      for (const { ok, error } of made) assert.ok(ok, JSON.stringify(error));
    }
    for (let first = 0; first < hostileTexts.length; first += texts)
      for (const module of others) {
        const attempts = hostileTexts.slice(first, first + texts).map((text, index) => {
          const values = textFields(module).map(([name, field]) => [name, withText(field, text)] as const);
          return { module, text, values, id: slots[index]![module.key]!.id };
        });
        const those = (wanted: boolean): readonly Attempt[] =>
          attempts
            .map(({ values, ...attempt }) => ({
              ...attempt,
              values: Object.fromEntries(
                values.filter(([name, value]) => fits(module.fields[name]!, value) === wanted),
              ),
            }))
            .filter(({ values }) => Object.keys(values).length > 0);
        const misfits = those(false);
        for (const [index, outcome] of (await update(misfits)).entries())
          assert.deepEqual(refusedIn(misfits[index]!, outcome), Object.keys(misfits[index]!.values).toSorted());
        await store(those(true));
      }
    assert.deepEqual(app.logged, []);
  });
});
