import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  counterOf,
  defaultSeries,
  formatNumber,
  issueRefusal,
  localNumber,
  nextSequence,
  seriesIssues,
  voidRefusal,
  type Series,
} from './numbering.ts';

const invoices: Series = { ...defaultSeries, prefix: 'FATT', template: 'FATT/{yyyy}/{seq:5}', reset: 'year' };

const last = { sequence: 41, date: '2026-05-10' };

describe('formatNumber', () => {
  const cases: readonly [string, Partial<Series>, number, string, string][] = [
    ['puts zeros in front', {}, 41, '2026-05-10', 'FATT/2026/00041'],
    ['does not cut numbers that have grown', {}, 123_456, '2026-05-10', 'FATT/2026/123456'],
    ['is prefix and number unless told', { prefix: 'ORD', template: defaultSeries.template }, 7, '2026-05-10', 'ORD7'],
    ['knows month, day and short year', { template: '{seq:3}-{dd}{mm}{yy}' }, 7, '2026-05-10', '007-100526'],
    ['knows the fiscal year', { template: '{fy}/{seq}', fiscalYearStart: 7 }, 1, '2026-07-01', '2027/1'],
    ['leaves unknown placeholders alone', { template: '{constructor}{seq}' }, 1, '2026-07-01', '{constructor}1'],
    ['takes a prefix literally', { prefix: '$&{seq}', template: '{prefix}{seq}' }, 1, '2026-07-01', '$&{seq}1'],
  ];
  for (const [title, series, sequence, date, number] of cases) {
    it(title, () => assert.equal(formatNumber({ ...invoices, ...series }, sequence, date), number));
  }
});

describe('seriesIssues', () => {
  const codes = (series: Partial<Series>) => seriesIssues({ ...invoices, ...series }).map(({ code }) => code);

  it('finds nothing wrong with the usual ones', () => {
    assert.deepEqual(codes({}), []);
    assert.deepEqual(codes(defaultSeries), []);
    assert.deepEqual(codes({ template: '{yy}{mm}-{seq}', reset: 'month' }), []);
    assert.deepEqual(codes({ template: '{fy}-{seq}', reset: 'fiscal_year' }), []);
  });

  it('asks for the number', () => assert.deepEqual(codes({ template: 'FATT/{yyyy}' }), ['no-sequence']));

  it('asks for the year, where numbers begin anew with it', () => {
    assert.deepEqual(codes({ template: 'FATT{seq}' }), ['numbers-repeat']);
    assert.deepEqual(codes({ template: '{mm}/{seq}', reset: 'month' }), ['numbers-repeat']);
    assert.deepEqual(codes({ template: '{yyyy}/{seq}', reset: 'fiscal_year' }), ['numbers-repeat']);
  });

  it('knows no other placeholders', () => {
    for (const template of ['{yyyy}{seq}{week}', '{yyyy}{seq}{', '{yyyy}{seq}{YYYY}', '{yyyy}{seq}{toString}'])
      assert.deepEqual(codes({ template }), ['unknown-placeholder'], template);
  });

  it('asks for numbers that count upwards', () => {
    assert.deepEqual(codes({ step: 0 }), ['number']);
    assert.deepEqual(codes({ start: 1.5 }), ['number']);
  });
});

describe('counterOf', () => {
  const counter = (reset: Series['reset'], date: string) => counterOf({ reset, fiscalYearStart: 7 }, date);

  it('is one for all when the series never begins anew', () => assert.equal(counter('never', '2026-05-10'), ''));

  it('is one per year or month', () => {
    assert.equal(counter('year', '2026-12-31'), '2026');
    assert.equal(counter('month', '2026-05-10'), '2026-05');
  });

  it('changes on the first day of the fiscal year', () => {
    assert.equal(counter('fiscal_year', '2026-06-30'), 'FY2026');
    assert.equal(counter('fiscal_year', '2026-07-01'), 'FY2027');
  });
});

describe('nextSequence', () => {
  it('begins at the start and goes on by the step', () => {
    assert.equal(nextSequence({ start: 1_000, step: 10 }, null), 1_000);
    assert.equal(nextSequence({ start: 1_000, step: 10 }, 1_000), 1_010);
  });
});

describe('a gapless series', () => {
  it('refuses a date before that of its last number', () => {
    assert.deepEqual(issueRefusal('2026-05-09', last), {
      path: '/date',
      code: 'before-last-number',
      params: { last: '2026-05-10' },
    });
    assert.equal(issueRefusal('2026-05-10', last), null);
    assert.equal(issueRefusal('2026-05-11', last), null);
    assert.equal(issueRefusal('2020-01-01', null), null);
  });

  it('voids its last number only', () => {
    assert.deepEqual(voidRefusal(40, last), { path: '/number', code: 'not-last-number', params: { last: 41 } });
    assert.equal(voidRefusal(41, last), null);
  });
});

describe('localNumber', () => {
  it('stands for a number that is not there yet', () =>
    assert.equal(localNumber('01900000-0000-7000-8000-0000000000ff'), '#local-0000ff'));
});
