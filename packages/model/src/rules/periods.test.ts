import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lastRange, nextRange, relativePeriods, relativeRange, type PeriodUnit } from './periods.ts';

/** A Wednesday, in a house whose weeks start on Monday and fiscal years in July. */
const calendar = { today: '2026-05-13', weekStart: 1, fiscalYearStart: 7 };

describe('relativeRange', () => {
  const cases: readonly [string, string, string][] = [
    ['today', '2026-05-13', '2026-05-14'],
    ['yesterday', '2026-05-12', '2026-05-13'],
    ['tomorrow', '2026-05-14', '2026-05-15'],
    ['thisWeek', '2026-05-11', '2026-05-18'],
    ['lastWeek', '2026-05-04', '2026-05-11'],
    ['nextWeek', '2026-05-18', '2026-05-25'],
    ['thisMonth', '2026-05-01', '2026-06-01'],
    ['lastMonth', '2026-04-01', '2026-05-01'],
    ['nextMonth', '2026-06-01', '2026-07-01'],
    ['thisQuarter', '2026-04-01', '2026-07-01'],
    ['lastQuarter', '2026-01-01', '2026-04-01'],
    ['nextQuarter', '2026-07-01', '2026-10-01'],
    ['thisYear', '2026-01-01', '2027-01-01'],
    ['lastYear', '2025-01-01', '2026-01-01'],
    ['nextYear', '2027-01-01', '2028-01-01'],
    ['thisFiscalQuarter', '2026-04-01', '2026-07-01'],
    ['nextFiscalQuarter', '2026-07-01', '2026-10-01'],
    ['thisFiscalYear', '2025-07-01', '2026-07-01'],
    ['lastFiscalYear', '2024-07-01', '2025-07-01'],
    ['nextFiscalYear', '2026-07-01', '2027-07-01'],
    ['weekToDate', '2026-05-11', '2026-05-14'],
    ['monthToDate', '2026-05-01', '2026-05-14'],
    ['yearToDate', '2026-01-01', '2026-05-14'],
    ['fiscalYearToDate', '2025-07-01', '2026-05-14'],
    ['last7Days', '2026-05-07', '2026-05-14'],
    ['last30Days', '2026-04-14', '2026-05-14'],
    ['next7Days', '2026-05-13', '2026-05-20'],
    ['last2Weeks', '2026-04-30', '2026-05-14'],
    ['next3Months', '2026-05-13', '2026-08-13'],
  ];
  for (const [token, from, to] of cases) {
    it(`takes ${token} on 2026-05-13 for ${from} until ${to}`, () =>
      assert.deepEqual(relativeRange(token, calendar), { from, to }));
  }

  it('starts weeks on the day it is told', () => {
    const sunday = { ...calendar, weekStart: 7 };
    assert.deepEqual(relativeRange('thisWeek', sunday), { from: '2026-05-10', to: '2026-05-17' });
    assert.deepEqual(relativeRange('thisWeek', { ...sunday, today: '2026-05-10' }), {
      from: '2026-05-10',
      to: '2026-05-17',
    });
    assert.deepEqual(relativeRange('thisWeek', { ...calendar, today: '2026-05-10' }), {
      from: '2026-05-04',
      to: '2026-05-11',
    });
  });

  it('counts fiscal quarters from an odd month', () => {
    const february = { ...calendar, fiscalYearStart: 2, today: '2026-01-31' };
    assert.deepEqual(relativeRange('thisFiscalQuarter', february), { from: '2025-11-01', to: '2026-02-01' });
    assert.deepEqual(relativeRange('thisFiscalYear', february), { from: '2025-02-01', to: '2026-02-01' });
  });

  it('understands every period that it offers', () => {
    for (const token of relativePeriods) {
      const range = relativeRange(token, calendar);
      assert.ok(range && range.from < range.to, token);
    }
  });

  it('knows nothing of other words', () => {
    for (const token of [
      '',
      'Today',
      'constructor',
      'thisDay',
      'last0Days',
      'last-1Days',
      'lastDays',
      'this7Days',
      'toDate',
      'dayToDate',
    ])
      assert.equal(relativeRange(token, calendar), null, token);
  });
});

describe('lastRange and nextRange', () => {
  it('meet today, which is in both', () => {
    for (const unit of ['day', 'week', 'month', 'quarter', 'year'] as readonly PeriodUnit[]) {
      assert.equal(lastRange(2, unit, calendar).to, '2026-05-14');
      assert.equal(nextRange(2, unit, calendar).from, '2026-05-13');
    }
  });

  it('clamp to the length of the month', () => {
    assert.deepEqual(lastRange(1, 'month', { ...calendar, today: '2026-03-31' }), {
      from: '2026-03-01',
      to: '2026-04-01',
    });
    assert.deepEqual(nextRange(1, 'month', { ...calendar, today: '2028-01-31' }), {
      from: '2028-01-31',
      to: '2028-02-29',
    });
  });

  it('stay within what a date can say', () => {
    assert.equal(lastRange(10_000, 'year', calendar).from, '0001-01-02');
    assert.equal(nextRange(10_000, 'year', calendar).to, '9999-12-31');
  });
});
