import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Field } from '../kind.ts';
import { emails } from '../kinds/emails.ts';
import { lines, type Line } from '../kinds/lines.ts';
import { longtext } from '../kinds/longtext.ts';
import { money } from '../kinds/money.ts';
import { owner } from '../kinds/owner.ts';
import { state } from '../kinds/state.ts';
import { tags } from '../kinds/tags.ts';
import { text } from '../kinds/text.ts';
import { builtInRegistry } from '../modules/built-in.ts';
import { mergeOf, settle } from './settle.ts';

const decide = (field: Field, [base, mine, theirs]: readonly [unknown, unknown, unknown]) =>
  settle(field, { base, mine, theirs });

describe('a field with two new values', () => {
  it('holds the later one, the server’s one, or neither, as its policy says', () => {
    assert.deepEqual(decide(text(), ['a', 'b', 'c']), { value: 'b', kept: 'mine' });
    assert.deepEqual(decide(text({ merge: 'keep-server' }), ['a', 'b', 'c']), { value: 'c', kept: 'theirs' });
    assert.equal(decide(text({ merge: 'ask' }), ['a', 'b', 'c']), null);
  });

  it('is a person’s to decide where money, owners, states, stages and closing dates are concerned', () => {
    for (const field of [money(), owner(), state({ open: ['closed'], closed: [] })])
      assert.equal(mergeOf(field), 'ask');
    const { stage, expectedCloseDate, amount } = builtInRegistry().get('deals').fields;
    assert.deepEqual([stage!, expectedCloseDate!, amount!].map(mergeOf), ['ask', 'ask', 'ask']);
  });

  it('is empty when nothing is left', () => {
    assert.deepEqual(decide(tags(), [['a', 'b'], ['a'], ['b']]), { value: null, kept: 'both' });
  });

  it('keeps both where two wrote in the same line: theirs, then mine', () => {
    assert.deepEqual(decide(longtext(), ['one\ntwo', 'one\nmine', 'one\ntheirs']), {
      value: 'one\ntheirs\nmine',
      kept: 'both',
    });
    assert.deepEqual(decide(longtext(), [null, 'mine', 'theirs']), { value: 'theirs\nmine', kept: 'both' });
  });

  it('is a person’s to decide when the texts are too long, alone or together', () => {
    assert.equal(decide(longtext({ max: 10 }), ['', 'a'.repeat(8), 'b'.repeat(8)]), null);
    assert.equal(decide(longtext(), ['', 'a\n'.repeat(3000), 'b\n'.repeat(3000)]), null);
    const same = 'same\n'.repeat(1500);
    assert.equal(decide(longtext(), [same, `mine\n${same}${same}`, `theirs\n${same}more`]), null);
  });

  it('is joined however long the text is around what two changed', () => {
    const long = (first: string, last: string): string =>
      `${'\n'.repeat(40_000)}${first}\n\n${last}\n${'x\n'.repeat(9_000)}`;
    assert.equal(decide(longtext(), [long('a', 'b'), long('A', 'b'), long('a', 'B')])?.value, long('A', 'B'));
  });
});

const line = (values: Partial<Line>): Line => ({
  ...(
    lines()
      .kind.schema({})
      .safeParse([{ id: '01900000-0000-7000-8000-000000000001', quantity: '1', unitPrice: '1' }]).data as readonly [
      Line,
    ]
  )[0],
  ...values,
});

describe('a line that two people changed', () => {
  it('holds what each changed of it', () => {
    const merged = decide(lines(), [
      [line({})],
      [line({ quantity: '2.0000' })],
      [line({ description: 'Better', unitPrice: '3.0000' })],
    ]);
    assert.deepEqual(merged?.value, [line({ quantity: '2.0000', description: 'Better', unitPrice: '3.0000' })]);
  });

  it('is a person’s to decide when both changed the same of it', () => {
    assert.equal(decide(lines(), [[line({})], [line({ quantity: '2.0000' })], [line({ quantity: '3.0000' })]]), null);
  });

  it('stays when one removed what the other changed', () => {
    const changed = line({ quantity: '2.0000' });
    for (const [mine, theirs] of [
      [[changed], []],
      [[], [changed]],
    ])
      assert.deepEqual(decide(lines(), [[line({})], mine, theirs])?.value, [changed]);
  });
});

describe('lists of entries', () => {
  it('are merged by what they are about, with one primary', () => {
    const entry = (value: string, more: object = {}) => ({
      value,
      label: null,
      primary: false,
      invalid: false,
      optOut: false,
      ...more,
    });
    const base = [entry('a@x.test', { primary: true })];
    const merged = decide(emails(), [
      base,
      [...base, entry('b@x.test')],
      [entry('a@x.test', { primary: true, optOut: true }), entry('c@x.test')],
    ]);
    assert.deepEqual(merged?.value, [
      entry('a@x.test', { primary: true, optOut: true }),
      entry('b@x.test'),
      entry('c@x.test'),
    ]);
  });
});
