import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addDays, addMonths, daysBetween, weekdayOf } from './periods-calendar.ts';
import { fiscalQuarterOf, fiscalYearOf } from './periods-fiscal.ts';

describe('addMonths', () => {
  const cases: readonly [string, number, string][] = [
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-01-31', 2, '2026-03-31'],
    ['2026-01-15', 12, '2027-01-15'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-01-31', -2, '2025-11-30'],
    ['2026-05-31', -12, '2025-05-31'],
    ['0099-12-31', 2, '0100-02-28'],
  ];
  for (const [date, months, result] of cases) {
    it(`takes ${date} by ${months} months to ${result}`, () => assert.equal(addMonths(date, months), result));
  }
});

describe('days', () => {
  it('pass leap days and years', () => {
    assert.equal(addDays('2024-02-28', 1), '2024-02-29');
    assert.equal(addDays('2025-12-31', 1), '2026-01-01');
    assert.equal(daysBetween('2024-01-01', '2025-01-01'), 366);
  });

  it('are numbered from Monday', () => {
    assert.equal(weekdayOf('2026-05-11'), 1);
    assert.equal(weekdayOf('2026-05-17'), 7);
  });
});

describe('fiscal years', () => {
  it('are named after the year in which they end', () => {
    assert.deepEqual(fiscalQuarterOf('2026-06-30', 7), { year: 2026, quarter: 4 });
    assert.deepEqual(fiscalQuarterOf('2026-07-01', 7), { year: 2027, quarter: 1 });
  });

  it('are calendar years when they start in January', () => {
    assert.equal(fiscalYearOf('2026-01-01', 1), 2026);
    assert.deepEqual(fiscalQuarterOf('2026-12-31', 1), { year: 2026, quarter: 4 });
  });

  it('may start in any month', () => {
    assert.equal(fiscalYearOf('2026-11-30', 12), 2026);
    assert.equal(fiscalYearOf('2026-12-01', 12), 2027);
    assert.equal(fiscalYearOf('2026-01-31', 2), 2026);
  });
});
