import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readNumber } from './numbers.ts';

const italian: readonly (readonly [string, string | null])[] = [
  ['1.234.567,89', '1234567.89'],
  ['1234,5', '1234.5'],
  ['1.234', '1234'],
  ['1 234,50', '1234.50'],
  ['1\u202f234,50', '1234.50'],
  ["1'234,50", '1234.50'],
  [',5', '0.5'],
  ['-12', '-12'],
  ['−12', '-12'],
  ["'-12", '-12'],
  ['+7', '7'],
  ['007,10', '7.10'],
  // No thousands: the point of a number pad
  ['1.5', '1.5'],
  ['0.25', '0.25'],
  ['12.3456', '12.3456'],
  ['1.23.4', null],
  ['1,2,3', null],
  ['1.23,4', null],
  ['', null],
  [',', null],
  ['12a', null],
  ['1e5', null],
  ['--1', null],
  ['0x10', null],
  ['NaN', null],
];

const english: readonly (readonly [string, string | null])[] = [
  ['1,234,567.89', '1234567.89'],
  ['12,34,567.5', '1234567.5'],
  ['1,234', '1234'],
  ['.5', '0.5'],
  ['-0.50', '-0.50'],
  ['1,5', '1.5'],
  ['1.234.567', null],
  ['1.2.3', null],
];

describe('Reading a number', () => {
  it('understands what Italians write', () => {
    for (const [text, number] of italian) equal(readNumber(text, { decimal: ',' }), number, text);
  });

  it('understands what Englishmen write', () => {
    for (const [text, number] of english) equal(readNumber(text, { decimal: '.' }), number, text);
  });

  it('keeps every digit of a long number', () => {
    deepEqual(readNumber('123.456.789.012.345.678.901,123456789', { decimal: ',' }), '123456789012345678901.123456789');
  });
});
