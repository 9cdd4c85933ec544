import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { plainReading } from '../kind.ts';
import { seededRandom } from '../random.ts';
import { linesKind } from './lines.ts';

const id = '01900000-0000-7000-8000-000000000001';
const otherId = '01900000-0000-7000-8000-000000000002';

const least = { id, quantity: '2', unitPrice: '19.99' };

const issuesOf = (value: unknown, options = {}): readonly (readonly [string, string])[] => {
  const read = linesKind.schema(options).safeParse(value);
  return read.success ? [] : read.error.issues.map((issue) => [issue.path.join('/'), issue.message] as const);
};

describe('linesKind', () => {
  it('completes a line that says the least', () =>
    assert.deepEqual(linesKind.schema({}).parse([least]), [
      {
        id,
        item: null,
        variant: null,
        description: '',
        quantity: '2.0000',
        unit: null,
        unitPrice: '19.9900',
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
      },
    ]));

  it('reads its own text back to the same lines', () => {
    const random = seededRandom(7);
    for (let round = 0; round < 50; round++) {
      const value = linesKind.random(random, {});
      assert.deepEqual(linesKind.schema({}).parse(value), value);
      assert.deepEqual(linesKind.parse(linesKind.toText(value, {}), {}, plainReading), { ok: true, value });
    }
  });

  it('accepts what it wrote before', () => {
    const once = linesKind.schema({}).parse([{ ...least, cost: '1.23456', discount: { price: '18' } }]);
    assert.equal(once[0]?.cost, '1.2346');
    assert.deepEqual(linesKind.schema({}).parse(once), once);
  });

  it('reads blank text as nothing and refuses what is no list of lines', () => {
    assert.deepEqual(linesKind.parse(' ', {}, plainReading), { ok: true, value: null });
    for (const text of ['{', '{}', 'null', '[1]', '[{}]'])
      assert.deepEqual(linesKind.parse(text, {}, plainReading), { ok: false, code: 'lines' });
  });

  const refusals: readonly [string, unknown, string, string][] = [
    ['two lines with one id', [least, least], '', 'duplicate'],
    ['an id that is none', [{ ...least, id: '1' }], '0/id', 'id'],
    ['a quantity that is no decimal', [{ ...least, quantity: '1e3' }], '0/quantity', 'number'],
    ['an amount without end', [{ ...least, unitPrice: '9'.repeat(25) }], '0/unitPrice', 'too-long'],
    ['a discount of more than all', [{ ...least, discount: { percent: '100.01' } }], '0/discount/percent', 'percent'],
    ['a discount of two sorts', [{ ...least, discount: { percent: '1', amount: '1' } }], '0/discount', 'discount'],
    ['a negative rate', [{ ...least, taxes: [{ code: 'a', rate: '-1' }] }], '0/taxes/0/rate', 'percent'],
    [
      'one tax twice',
      [
        {
          ...least,
          taxes: [
            { code: 'a', rate: '1' },
            { code: 'a', rate: '2' },
          ],
        },
      ],
      '0/taxes',
      'duplicate',
    ],
    ['a tax on itself', [{ ...least, taxes: [{ code: 'a', rate: '1', compoundOn: ['a'] }] }], '0/taxes', 'tax-order'],
    ['one serial number twice', [{ ...least, serials: ['x', 'x'] }], '0/serials', 'duplicate'],
  ];
  for (const [title, value, path, code] of refusals) {
    it(`refuses ${title}`, () => assert.deepEqual(issuesOf(value), [[path, code]]));
  }

  it('refuses a key that no line has', () => assert.equal(issuesOf([{ ...least, colour: 'red' }]).length, 1));

  it('refuses more lines than allowed', () => {
    assert.deepEqual(issuesOf([least, { ...least, id: otherId }], { max: 1 }), [['', 'too-many']]);
    const many = Array.from({ length: 1_001 }, (_, index) => ({
      ...least,
      id: id.slice(0, -4) + String(index).padStart(4, '0'),
    }));
    assert.deepEqual(issuesOf(many), [['', 'too-many']]);
    assert.deepEqual(issuesOf(many.slice(1)), []);
  });

  it('shows how many lines there are', () => {
    const many = Array.from({ length: 1_000 }, () => linesKind.schema({}).parse([least])[0]!);
    assert.equal(linesKind.format(many, {}, { locale: 'en', timeZone: 'UTC' }), '1,000');
  });

  it('can be asked only whether it is empty', () => {
    assert.equal(linesKind.domain, 'opaque');
    assert.equal(linesKind.key([], {}), null);
  });
});
