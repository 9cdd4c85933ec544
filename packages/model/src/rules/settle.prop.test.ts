import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { fold } from '../fold.ts';
import { lines, type Line } from '../kinds/lines.ts';
import { longtext } from '../kinds/longtext.ts';
import { richtext } from '../kinds/richtext.ts';
import { tags } from '../kinds/tags.ts';
import type { Field } from '../kind.ts';
import { settle } from './settle.ts';

interface Meeting<T> {
  readonly base: T;
  readonly mine: T;
  readonly theirs: T;
}

const valueOf = (field: Field, meeting: Meeting<unknown>): unknown => {
  const decision = settle(field, meeting);
  assert.ok(decision, 'a person was asked');
  assert.equal(decision.kept, 'both');
  return decision.value;
};

const turned = <T>({ base, mine, theirs }: Meeting<T>): Meeting<T> => ({ base, mine: theirs, theirs: mine });

const words = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'città', 'vip', 'Fiera 2026'), {
  selector: fold,
});

const orNull = (list: readonly string[]): readonly string[] | null => (list.length === 0 ? null : list);

const tagMeetings = fc.record({ base: words, mine: words, theirs: words });

describe('tags that two people changed', () => {
  it('have what either added and nothing that either removed', () =>
    fc.assert(
      fc.property(tagMeetings, ({ base, mine, theirs }) => {
        const merged = valueOf(tags(), { base: orNull(base), mine: orNull(mine), theirs: orNull(theirs) });
        const expected = [...new Set([...base, ...mine, ...theirs])].filter((word) =>
          base.includes(word) ? mine.includes(word) && theirs.includes(word) : true,
        );
        assert.deepEqual([...((merged ?? []) as readonly string[])].toSorted(), expected.toSorted());
      }),
    ));

  it('are the same whoever came first', () =>
    fc.assert(
      fc.property(tagMeetings, (meeting) => {
        assert.deepEqual(
          [...((valueOf(tags(), meeting) ?? []) as readonly string[])].toSorted(),
          [...((valueOf(tags(), turned(meeting)) ?? []) as readonly string[])].toSorted(),
        );
      }),
    ));
});

const idOf = (number: number): string => `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`;

const line = (number: number, values: Partial<Line> = {}): Line => ({
  id: idOf(number),
  item: null,
  variant: null,
  description: `Line ${number}`,
  quantity: '1.0000',
  unit: null,
  unitPrice: '10.0000',
  discount: null,
  taxes: [],
  section: null,
  optional: false,
  chosen: false,
  cost: null,
  serials: [],
  glAccount: null,
  source: null,
  delivered: '0.0000',
  invoiced: '0.0000',
  cancelled: '0.0000',
  returned: '0.0000',
  ...values,
});

/** Each line of the base belongs to one of the two, who alone may touch it; both add lines anywhere. */
const lineMeetings = fc
  .record({
    owners: fc.array(fc.boolean(), { maxLength: 8 }),
    deeds: fc.array(fc.constantFrom('keep', 'edit', 'remove'), { minLength: 8, maxLength: 8 }),
    added: fc.array(fc.record({ mine: fc.boolean(), at: fc.nat(8) }), { maxLength: 5 }),
  })
  .map(({ owners, deeds, added }): Meeting<readonly Line[]> => {
    const base = owners.map((_, index) => line(index));
    const side = (isMine: boolean): readonly Line[] => {
      const own = base.flatMap((one, index) => {
        const deed = owners[index] === isMine ? deeds[index] : 'keep';
        if (deed === 'remove') return [];
        return deed === 'edit' ? { ...one, quantity: '7.0000' } : one;
      });
      for (const [index, { mine, at }] of added.entries())
        if (mine === isMine) own.splice(Math.min(at, own.length), 0, line(100 + index));
      return own;
    };
    return { base, mine: side(true), theirs: side(false) };
  });

describe('lines that two people changed', () => {
  it('hold the edits of both, and the new lines of both', () =>
    fc.assert(
      fc.property(lineMeetings, (meeting) => {
        const { base, mine, theirs } = meeting;
        const merged = (valueOf(lines(), meeting) ?? []) as readonly Line[];
        const edits = [...mine, ...theirs].filter(
          (one) => !base.some((was) => was.id === one.id && was.quantity === one.quantity),
        );
        for (const edit of edits)
          assert.deepEqual(
            merged.find(({ id }) => id === edit.id),
            edit,
          );
        const gone = base.filter((was) => [mine, theirs].some((side) => !side.some(({ id }) => id === was.id)));
        assert.deepEqual(
          merged.filter(({ id }) => gone.some((was) => was.id === id)),
          [],
        );
        assert.equal(new Set(merged.map(({ id }) => id)).size, merged.length);
      }),
    ));

  it('are the same, in the same order, whoever came first', () =>
    fc.assert(
      fc.property(lineMeetings, (meeting) =>
        assert.deepEqual(valueOf(lines(), meeting), valueOf(lines(), turned(meeting))),
      ),
    ));
});

/** Each of the two rewrites other lines of the text, with an untouched one between. */
const textMeetings = fc
  .array(fc.constantFrom('mine', 'theirs', 'none'), { minLength: 1, maxLength: 12 })
  .map((owners) => {
    const text = (side: string, wrap: (line: string) => string): string =>
      owners
        .flatMap((owner, index) => [
          wrap(owner === side ? `${side} ${index}` : `line ${index}`),
          wrap(`between ${index}`),
        ])
        .join('');
    return { owners, text };
  });

for (const [name, field, wrap] of [
  ['plain text', longtext(), (line: string) => `${line}\n`],
  ['formatted text', richtext(), (line: string) => `<p>${line}</p>`],
] as const)
  describe(`${name} that two people changed`, () => {
    it('holds the edits of both, whoever came first', () =>
      fc.assert(
        fc.property(textMeetings, ({ owners, text }) => {
          const meeting = { base: text('', wrap), mine: text('mine', wrap), theirs: text('theirs', wrap) };
          const both = owners
            .flatMap((owner, index) => [
              wrap(`${owner === 'none' ? 'line' : owner} ${index}`),
              wrap(`between ${index}`),
            ])
            .join('');
          assert.equal(valueOf(field, meeting), both);
          assert.equal(valueOf(field, turned(meeting)), both);
        }),
      ));

    it('agrees with itself', () =>
      fc.assert(
        fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (base, same) => {
          if (!field.kind.schema(field.options).safeParse(same).success) return;
          assert.equal(valueOf(field, { base, mine: same, theirs: same }), same);
        }),
      ));
  });
