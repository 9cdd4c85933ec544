import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { todayIn, zonedDayStart, zonedRange } from './periods-zoned.ts';

describe('zonedDayStart', () => {
  const cases: readonly [string, string, string, string][] = [
    ['winter in Rome', '2026-01-15', 'Europe/Rome', '2026-01-14T23:00:00.000Z'],
    ['summer in Rome', '2026-07-15', 'Europe/Rome', '2026-07-14T22:00:00.000Z'],
    ['the day on which Rome goes to summer time', '2026-03-29', 'Europe/Rome', '2026-03-28T23:00:00.000Z'],
    ['the day after it', '2026-03-30', 'Europe/Rome', '2026-03-29T22:00:00.000Z'],
    ['the day on which Rome goes back', '2026-10-25', 'Europe/Rome', '2026-10-24T22:00:00.000Z'],
    ['UTC', '2026-01-01', 'UTC', '2026-01-01T00:00:00.000Z'],
    ['a zone far ahead', '2026-01-01', 'Pacific/Kiritimati', '2025-12-31T10:00:00.000Z'],
    ['a zone far behind', '2026-01-01', 'Pacific/Pago_Pago', '2026-01-01T11:00:00.000Z'],
    ['a zone off by three quarters', '2026-01-01', 'Asia/Kathmandu', '2025-12-31T18:15:00.000Z'],
    ['a day without midnight', '2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
    ['a day with two midnights, from the first', '2023-11-05', 'America/Havana', '2023-11-05T04:00:00.000Z'],
    ['a day that was left out', '2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
    ['the last day that can be written', '9999-12-31', 'America/Los_Angeles', '9999-12-31T08:00:00.000Z'],
  ];
  for (const [title, date, timeZone, instant] of cases) {
    it(`knows ${title}`, () => assert.equal(zonedDayStart(date, timeZone), instant));
  }

  it('lies just after the day before', () => {
    for (const timeZone of ['Europe/Rome', 'America/St_Johns', 'Australia/Lord_Howe', 'Africa/Cairo', 'Asia/Beirut']) {
      for (const date of ['2026-03-29', '2026-04-24', '2026-10-25', '2026-10-30', '2026-12-31']) {
        const start = Date.parse(zonedDayStart(date, timeZone));
        assert.equal(todayIn(timeZone, start), date, timeZone);
        assert.ok(todayIn(timeZone, start - 1) < date, timeZone);
      }
    }
  });
});

describe('zonedRange', () => {
  it('makes the day of the spring change 23 hours long', () => {
    const { from, to } = zonedRange({ from: '2026-03-29', to: '2026-03-30' }, 'Europe/Rome');
    assert.equal(Date.parse(to) - Date.parse(from), 23 * 3_600_000);
  });
});

describe('todayIn', () => {
  it('depends on where one is', () => {
    const time = Date.parse('2026-05-13T23:30:00Z');
    assert.equal(todayIn('Europe/Rome', time), '2026-05-14');
    assert.equal(todayIn('America/New_York', time), '2026-05-13');
  });
});
