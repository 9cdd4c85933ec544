import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { codiceFiscaleOf, isCodiceFiscale, plainCodiceFiscale, type Birth } from './fiscal-code.ts';

const mario: Birth = { firstName: 'Mario', lastName: 'Rossi', birthday: '1985-12-10', sex: 'M', place: 'A562' };

describe('codiceFiscaleOf', () => {
  const cases: readonly [string, Birth, string][] = [
    ['a man', mario, 'RSSMRA85T10A562S'],
    [
      'a woman, whose day counts 40 more',
      { firstName: 'Francesca', lastName: 'Bianchi', birthday: '1990-05-23', sex: 'F', place: 'F205' },
      'BNCFNC90E63F205H',
    ],
    [
      'names that are too short',
      { firstName: 'Li', lastName: 'Fo', birthday: '2000-01-01', sex: 'M', place: 'H501' },
      'FOXLIX00A01H501X',
    ],
  ];
  for (const [title, birth, code] of cases) {
    it(`makes the code of ${title}`, () => assert.equal(codiceFiscaleOf(birth), code));
  }

  it('goes by letters without accents and marks', () =>
    assert.equal(codiceFiscaleOf({ ...mario, lastName: "D'Amìco" }).slice(0, 3), 'DMC'));

  it('makes valid codes', () => {
    for (const sex of ['F', 'M'] as const)
      for (let month = 1; month <= 12; month++)
        assert.ok(
          isCodiceFiscale(codiceFiscaleOf({ ...mario, sex, birthday: `1999-${String(month).padStart(2, '0')}-28` })),
        );
  });
});

describe('isCodiceFiscale', () => {
  const cases: Readonly<Record<string, boolean>> = {
    RSSMRA85T10A562S: true,
    RSSMRA85T10A562T: false,
    RSSMRA85T10A56NH: true,
    BNCFNC90E63F205H: true,
    FOXLIX00A01H501X: true,
    '00743110157': true,
    '00743110158': false,
    RSSMRA85T10A562: false,
    rssmra85t10a562s: false,
    '': false,
  };
  for (const [code, valid] of Object.entries(cases)) {
    it(`${valid ? 'accepts' : 'refuses'} "${code}"`, () => assert.equal(isCodiceFiscale(code), valid));
  }

  it('refuses a birthday that no month has, though its check letter is right', () => {
    for (const birthday of ['1985-12-00', '1985-12-32', '1985-02-30', '1985-04-31'])
      assert.equal(isCodiceFiscale(codiceFiscaleOf({ ...mario, birthday })), false, birthday);
    assert.equal(isCodiceFiscale(codiceFiscaleOf({ ...mario, sex: 'F', birthday: '1985-12-32' })), false);
    assert.equal(isCodiceFiscale(codiceFiscaleOf({ ...mario, birthday: '1984-02-29' })), true);
  });
});

describe('plainCodiceFiscale', () => {
  it('puts digits for their substitutes', () =>
    assert.equal(plainCodiceFiscale('RSSMRA85T10A56NH'), 'RSSMRA85T10A562S'));

  it('puts digits for all of them', () => {
    const plain = plainCodiceFiscale('RSSMRAURTMLARSNO');
    assert.equal(plain.slice(0, 15), 'RSSMRA85T10A562');
    assert.equal(plain, 'RSSMRA85T10A562S');
  });

  it('leaves plain codes and those of entities alone', () => {
    assert.equal(plainCodiceFiscale('RSSMRA85T10A562S'), 'RSSMRA85T10A562S');
    assert.equal(plainCodiceFiscale('00743110157'), '00743110157');
  });
});
