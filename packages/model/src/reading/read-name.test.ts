import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatName } from '../format/name.ts';
import { readName } from './read-name.ts';

/** Text, then salutation, first, last and suffix. */
const names: readonly (readonly [string, string | null, string | null, string | null, string | null])[] = [
  ['Mario Rossi', null, 'Mario', 'Rossi', null],
  ['Rossi, Mario', null, 'Mario', 'Rossi', null],
  ['  Anna   Maria  Brambilla ', null, 'Anna Maria', 'Brambilla', null],
  ['Mario De Rossi', null, 'Mario', 'De Rossi', null],
  ['Leonardo da Vinci', null, 'Leonardo', 'da Vinci', null],
  ['Ludwig van der Rohe', null, 'Ludwig', 'van der Rohe', null],
  ['De Rossi Mario', null, 'De Rossi', 'Mario', null],
  ['Dott. Ing. Mario Rossi', 'Dott. Ing.', 'Mario', 'Rossi', null],
  ['Mrs Jane Smith', 'Mrs', 'Jane', 'Smith', null],
  ['John Smith Jr.', null, 'John', 'Smith', 'Jr.'],
  ['Smith, John, Jr.', null, 'John', 'Smith', 'Jr.'],
  ['Rossi', null, null, 'Rossi', null],
];

const person = { salutation: 'Dott.', first: 'Mario', middle: null, last: 'Rossi', suffix: null };

describe('Reading a name', () => {
  it('tells its parts apart', () => {
    for (const [text, salutation, first, last, suffix] of names) {
      deepEqual(readName(text), { salutation, first, middle: null, last, suffix }, text);
    }
  });
});

describe('Showing a name', () => {
  it('follows the language and the purpose', () => {
    equal(formatName(person, 'it'), 'Dott. Mario Rossi');
    equal(formatName(person, 'it', 'list'), 'Rossi Mario');
    equal(formatName(person, 'it', 'initials'), 'MR');
    equal(formatName({ ...person, salutation: null, first: '健', last: '山田' }, 'ja-JP'), '山田 健');
    equal(formatName({ ...person, first: null }, 'it', 'initials'), 'R');
  });
});
