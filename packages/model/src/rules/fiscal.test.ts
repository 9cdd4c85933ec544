import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isIban, isPartitaIva, isPublicSdiCode, isSdiCode, tidyIban } from './fiscal.ts';

/** A table of texts and whether they pass. */
const table = (check: (text: string) => boolean, cases: Readonly<Record<string, boolean>>): void => {
  for (const [text, passes] of Object.entries(cases)) {
    it(`${passes ? 'accepts' : 'refuses'} "${text}"`, () => assert.equal(check(text), passes));
  }
};

/** All texts that differ from this in one digit. */
const misread = (text: string): readonly string[] =>
  Array.from(text).flatMap((digit, index) =>
    Array.from('0123456789')
      .filter((other) => /\d/.test(digit) && other !== digit)
      .map((other) => text.slice(0, index) + other + text.slice(index + 1)),
  );

describe('isPartitaIva', () => {
  table(isPartitaIva, {
    '00743110157': true,
    '00743110158': false,
    '12345670017': true,
    '00000000000': false,
    '0074311015': false,
    '007431101570': false,
    IT00743110157: false,
    '٠٠٧٤٣١١٠١٥٧': false,
  });

  it('notices every digit that is read wrongly', () => assert.ok(!misread('00743110157').some(isPartitaIva)));
});

describe('isIban', () => {
  table((iban) => isIban(tidyIban(iban)), {
    IT60X0542811101000000123456: true,
    IT61X0542811101000000123456: false,
    'it60 x054 2811 1010 0000 0123 456': true,
    'DE89 3704 0044 0532 0130 00': true,
    'GB82 WEST 1234 5698 7654 32': true,
    'NO93 8601 1117 947': true,
    IT60X05428111010000001234567: false,
    DE893704004405320130: false,
    '': false,
    IT60: false,
  });

  it('notices every digit that is read wrongly', () => assert.ok(!misread('IT60X0542811101000000123456').some(isIban)));
});

describe('isSdiCode', () => {
  table(isSdiCode, {
    M5UXCR1: true,
    '0000000': true,
    UFAB12: true,
    M5UXCR: true,
    M5UX: false,
    M5UXCR12: false,
    m5uxcr1: false,
    'M5UX-R1': false,
  });

  it('tells public bodies by their six characters', () => {
    assert.equal(isPublicSdiCode('UFAB12'), true);
    assert.equal(isPublicSdiCode('M5UXCR1'), false);
  });
});
