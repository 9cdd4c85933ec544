import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatPhone, phoneHref } from '../format/phone.ts';
import { readPhone } from './read-phone.ts';

const italian: readonly (readonly [string, string])[] = [
  ['0331 123456', '+390331123456'],
  ['02 1234567', '+39021234567'],
  ['+39 (0)2 1234567', '+39021234567'],
  ['0039 333 1234567', '+393331234567'],
  ['3331234567', '+393331234567'],
  ['3931234567', '+393931234567'],
  ['800 123456', '+39800123456'],
  // Twelve digits are too many for a mobile, so the 39 in front is the country
  ['39 333 1234567', '+393331234567'],
  ['333/12.34.567', '+393331234567'],
  ['333–1234567', '+393331234567'],
  ['+44 (0)20 7946 0958', '+442079460958'],
  ['0044 20 7946 0958', '+442079460958'],
  ['+1 (212) 555-0123', '+12125550123'],
];

const kept: readonly (readonly [string, string, string])[] = [
  ['+39 2 1234567', 'IT', '+39 2 1234567'],
  ['112', 'IT', '112'],
  ['0800 FLOWERS', 'IT', '0800 FLOWERS'],
  ['030 12345', 'DE', '03012345'],
  ['+0 123 456 789', 'IT', '+0 123 456 789'],
  ['+1 2', 'IT', '+1 2'],
  ['+12345678901234567', 'IT', '+12345678901234567'],
];

const extensions: readonly (readonly [string, string])[] = [
  ['0331 123456 int. 12', '12'],
  ['0331 123456 interno 12', '12'],
  ['0331 123456 ext 7', '7'],
  ['0331 123456x7', '7'],
  ['+390331123456;ext=12', '12'],
  ['0331 123456 #12', '12'],
];

describe('Reading a telephone number', () => {
  it('knows how Italians write theirs', () => {
    for (const [text, value] of italian) {
      const reading = readPhone(text, 'IT');
      deepEqual([reading.value, reading.valid], [value, true], text);
    }
  });

  it('keeps what it cannot read', () => {
    for (const [text, country, value] of kept) {
      const reading = readPhone(text, country);
      deepEqual([reading.value, reading.valid], [value, false], text);
    }
  });

  it('finds the extension', () => {
    for (const [text, extension] of extensions) {
      const reading = readPhone(text, 'IT');
      deepEqual([reading.value, reading.extension], ['+390331123456', extension], text);
    }
  });

  it('knows the country of Italian numbers, and takes the given one for the rest', () => {
    equal(readPhone('+390331123456', 'DE').country, 'IT');
    equal(readPhone('030 12345', 'DE').country, 'DE');
    equal(readPhone('+442079460958', 'IT').country, null);
  });
});

const shown: readonly (readonly [string, string | null, string, string])[] = [
  ['+393331234567', null, '+39 333 123 4567', 'tel:+393331234567'],
  ['+390331123456', '12', '+39 0331 123456 ext. 12', 'tel:+390331123456;ext=12'],
  ['+390331123456;ext=12', null, '+39 0331 123456 ext. 12', 'tel:+390331123456;ext=12'],
  ['+39021234567', null, '+39 02 1234567', 'tel:+39021234567'],
  ['+39800123456', null, '+39 800 123 456', 'tel:+39800123456'],
  ['+390115551234', null, '+39 011 5551234', 'tel:+390115551234'],
  ['+12125550123', null, '+1 212 555 0123', 'tel:+12125550123'],
  ['+442079460958', null, '+44 207 946 0958', 'tel:+442079460958'],
  ['+351212345678', null, '+351 212 345 678', 'tel:+351212345678'],
  ['112', null, '112', 'tel:112'],
  ['0800 FLOWERS #2', null, '0800 FLOWERS #2', 'tel:0800%232'],
];

describe('Showing a telephone number', () => {
  it('groups its digits, and dials them', () => {
    for (const [value, extension, text, href] of shown) {
      equal(formatPhone(value, extension), text);
      equal(phoneHref(value, extension), href);
    }
  });
});
