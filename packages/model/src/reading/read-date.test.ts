import { equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readDate, readTime } from './read-date.ts';

type Order = 'ymd' | 'dmy' | 'mdy';

const dates: readonly (readonly [string, Order, string | null])[] = [
  ['2026-03-01', 'dmy', '2026-03-01'],
  ['2026/3/1', 'mdy', '2026-03-01'],
  ['1/3/2026', 'dmy', '2026-03-01'],
  ['1/3/2026', 'mdy', '2026-01-03'],
  ['1.3.26', 'dmy', '2026-03-01'],
  ['26-3-1', 'ymd', '2026-03-01'],
  ['1/3/69', 'dmy', '1969-03-01'],
  ['1 marzo 2026', 'dmy', '2026-03-01'],
  ['1° Marzo 2026', 'dmy', '2026-03-01'],
  ['1 gen. 2026', 'dmy', '2026-01-01'],
  ['March 1st, 2026', 'mdy', '2026-03-01'],
  ['Mar 1, 2026', 'dmy', '2026-03-01'],
  ['1. März 2026', 'dmy', '2026-03-01'],
  ['29/2/2024', 'dmy', '2024-02-29'],
  ['29/2/2023', 'dmy', null],
  ['29/2/1900', 'dmy', null],
  ['31/4/2026', 'dmy', null],
  ['13/13/2026', 'dmy', null],
  ['0000-01-01', 'ymd', null],
  ['10000-01-01', 'ymd', null],
  ['1 foo 2026', 'dmy', null],
  ['today', 'dmy', null],
];

const times: readonly (readonly [string, string | null])[] = [
  ['14:30', '14:30:00'],
  ['14.30', '14:30:00'],
  ['9:05:07', '09:05:07'],
  ['2:30 pm', '14:30:00'],
  ['12 am', '00:00:00'],
  ['12:15 p.m.', '12:15:00'],
  ['24:00', null],
  ['13 pm', null],
  ['0 am', null],
  ['9', null],
  ['9:5', null],
  ['9:60', null],
];

describe('Reading a day', () => {
  it('follows the order of the reader and knows the calendar', () => {
    for (const [text, order, date] of dates) equal(readDate(text, order), date, text);
  });
});

describe('Reading a time', () => {
  it('takes both clocks of twelve and of twenty-four hours', () => {
    for (const [text, time] of times) equal(readTime(text), time, text);
  });
});
