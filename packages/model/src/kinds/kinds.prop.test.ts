import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { fold } from '../fold.ts';
import { plainReading, type Display, type Field } from '../kind.ts';
import type { ChoiceOptions } from './choice.ts';
import { toIssues } from '../schema.ts';
import { seededRandom } from '../random.ts';
import { arbitraryDraft, arbitraryOf } from '../testing/arbitrary.ts';
import { sampleFields } from '../testing/sample-fields.ts';
import { kindsByName } from './all.ts';

const samples: readonly (readonly [string, Field])[] = Object.entries(sampleFields);

/** Kinds whose text does not say the value, and why. */
const unreadable: Readonly<Record<string, string>> = {
  secret: 'what is exported must not reveal it',
};

/** Kinds for which a list without entries is a value, and why. */
const emptyLists: Readonly<Record<string, string>> = {
  json: 'it is what another system said',
  lines: 'a document may be without lines as long as it is a draft',
};

const displays: readonly Display[] = ['it-IT', 'en-GB', 'ar-EG', 'ja-JP'].map((locale) => ({
  locale,
  timeZone: 'Europe/Rome',
}));

/** Any value of a field, never null. */
const valuesOf = ({ kind, options }: Field): fc.Arbitrary<unknown> =>
  fc.integer({ min: 0, max: 0xffff_ffff }).map((seed) => kind.random(seededRandom(seed), options));

const hold = (of: Field, law: (value: unknown) => void): void =>
  fc.assert(fc.property(valuesOf(of), law), { numRuns: 150 });

const throughJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const hostileFile = new URL('../../../../../shared/data/hostile/blns.json', import.meta.url);
const hostile = existsSync(hostileFile) ? (JSON.parse(readFileSync(hostileFile, 'utf8')) as string[]) : [];

/** Shapes that a hostile string may be wrapped in to get deeper. */
const wrapped = (text: string): readonly unknown[] => [
  text,
  [text],
  { value: text },
  [{ value: text }],
  { first: text },
  { line1: text },
  { module: text, id: text },
  { type: text },
  { amount: text, currency: text },
  [{ from: text }],
];

describe('Every kind', () => {
  it('has a sample', () => {
    const sampled = new Set(samples.map(([, { kind }]) => kind.name));
    deepEqual([...sampled].toSorted(), Object.keys(kindsByName).toSorted());
    for (const [name, kind] of Object.entries(kindsByName)) equal(kind.name, name);
  });

  for (const [name, field] of samples) describe(name, () => testKind(field));
});

function testKind(field: Field): void {
  const { kind, options } = field;
  const schema = kind.schema(options);

  it('accepts its random values and leaves them as they are', () => {
    hold(field, (value) => deepEqual(schema.parse(value), value));
  });

  if (kind.name in unreadable)
    it('never gives its value away, and does not take what it shows instead for one', () => {
      const shown = new Set<string>();
      hold(field, (value) => {
        shown.add(kind.toText(value, options));
        for (const display of displays) shown.add(kind.format(value, options, display));
        equal(kind.key(value, options), null);
      });
      equal(shown.size, 1, 'it says the same of every value');
      for (const text of shown) equal(kind.parse(text, options, plainReading).ok, false);
    });
  else
    it('reads back the text it writes', () => {
      hold(field, (value) => {
        deepEqual(kind.parse(kind.toText(value, options), options, plainReading), { ok: true, value });
      });
    });

  it('takes blank text for nothing', () => {
    for (const blank of ['', ' ', '\t\n'])
      deepEqual(kind.parse(blank, options, plainReading), { ok: true, value: null });
  });

  it('comes back from storage', () => {
    const { columns, compared, write, read = ([cell]: readonly unknown[]) => cell } = kind.storage(options);
    ok(columns[compared], 'the compared column exists');
    hold(field, (value) => {
      equal(write(value).length, columns.length);
      deepEqual(read(throughJson(write(value))), value);
    });
  });

  it('gives equal values equal keys', () => {
    hold(field, (value) => deepEqual(kind.key(throughJson(value), options), kind.key(value, options)));
  });

  it('gives keys of the shape of its domain', () => {
    hold(field, (value) => testKey(field, kind.key(value, options)));
  });

  it('shows its values in every language', () => {
    hold(field, (value) => displays.forEach((display) => equal(typeof kind.format(value, options, display), 'string')));
  });

  it(
    'refuses hostile text with a code or takes it',
    { skip: hostile.length === 0 && 'no list of hostile strings' },
    () => {
      for (const text of hostile) {
        const read = kind.parse(text, options, plainReading);
        if (!read.ok) match(read.code, /^[a-z-]+$/);
        else if (read.value !== null)
          deepEqual(schema.parse(read.value), read.value, `${text} is read as a valid value`);
        for (const input of wrapped(text)) testSchema(field, input);
      }
    },
  );

  it('accepts its own results again', () => {
    const texts = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.json());
    fc.assert(
      fc.property(texts, (text) => {
        for (const input of wrapped(text)) testSchema(field, input);
        const read = kind.parse(text, options, plainReading);
        if (read.ok && read.value !== null) deepEqual(schema.parse(read.value), read.value);
      }),
      { numRuns: 60 },
    );
  });

  it('names its control and knows no empty list', () => {
    ok(kind.control(options).as);
    equal(schema.safeParse([]).success, kind.name in emptyLists);
    equal(schema.safeParse(undefined).success, false);
    equal(schema.safeParse(null).success, false);
  });
}

function testKey({ kind, options }: Field, key: unknown): void {
  const shapes: Readonly<Record<string, (key: unknown) => boolean>> = {
    text: (one) => typeof one === 'string' && fold(one) === one,
    number: Number.isFinite,
    decimal: (one) => typeof one === 'string' && /^-?\d+(\.\d+)?$/.test(one),
    date: (one) => typeof one === 'string' && /^\d{4}-\d\d-\d\d$/.test(one),
    instant: (one) => typeof one === 'string' && new Date(one).toISOString() === one,
    boolean: (one) => typeof one === 'boolean',
    choice: (one) => typeof one === 'string' && (options as ChoiceOptions).options.includes(one),
    link: (one) => typeof one === 'string' && one !== '',
    list: (one) =>
      Array.isArray(one) &&
      one.every((part) => typeof part === 'string' && fold(part) === part && !part.includes('\n')),
    opaque: (one) => one === null,
  };
  ok(shapes[kind.domain]!(key), `${kind.name} ${JSON.stringify(options)}: ${JSON.stringify(key)}`);
}

/** A schema refuses with codes, or gives a value that it accepts unchanged. */
function testSchema({ kind, options }: Field, input: unknown): void {
  const schema = kind.schema(options);
  const result = schema.safeParse(input);
  if (result.success) deepEqual(schema.parse(result.data), result.data);
  else for (const { code } of toIssues(result.error)) match(code, /^[a-z-]+$/);
}

describe('Drafts', () => {
  it('leave out what is computed and fill what is required', () => {
    fc.assert(
      fc.property(
        arbitraryDraft({ ...sampleFields, must: { ...sampleFields.text, presence: 'required' } }),
        (draft) => {
          equal('autonumber' in draft, false);
          equal(typeof draft.must, 'string');
        },
      ),
    );
  });

  it('are now and then empty where they may be', () => {
    const values = fc.sample(arbitraryOf(sampleFields.toggle), { numRuns: 200, seed: 1 });
    ok(values.includes(null) && values.includes(true) && values.includes(false));
  });
});

describe('Folding', () => {
  it('changes nothing the second time, for every character', () => {
    for (let code = 1; code <= 0x10ffff; code++) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const folded = fold(String.fromCodePoint(code));
      equal(fold(folded), folded, code.toString(16));
    }
  });

  it('does the same to plain text alone and beside other text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary-ascii' }), (text) => equal(fold(`${text} é`), `${fold(text)} e`)));
  });

  it('changes nothing the second time, for hostile text', () => {
    for (const text of hostile) equal(fold(fold(text)), fold(text));
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => equal(fold(fold(text)), fold(text))));
  });
});
