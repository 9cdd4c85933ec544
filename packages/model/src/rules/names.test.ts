import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { companyKey, tidyPersonName } from './names.ts';

describe('companyKey', () => {
  const cases: readonly [string, string][] = [
    ['Rossi & Figli S.r.l.', 'rossi figli'],
    ['ROSSI E FIGLI SRL', 'rossi figli'],
    ['Rossi e Figli s. r. l.', 'rossi figli'],
    ['Rossi & Figli Società a responsabilità limitata', 'rossi figli'],
    ['ACME Società per Azioni', 'acme'],
    ['Acme S.p.A.', 'acme'],
    ['A.C.M.E. spa', 'acme'],
    ['The Acme Company, Ltd.', 'acme'],
    ['Müller GmbH & Co. KG', 'muller'],
    ["L'Officina di D’Amico S.n.c.", 'lofficina damico'],
    ['Soc. Coop. a r.l. Città Futura', 'citta futura'],
    ['3M Italia S.r.l.', '3m italia'],
    ['Neri & C. srl', 'neri c'],
    ['NERI E C. S.R.L.', 'neri c'],
    ['A. Rossi', 'rossi'],
    ['日本製鉄', '日本製鉄'],
    ['S.A.', 'sa'],
    ['  ', ''],
  ];
  for (const [name, key] of cases) {
    it(`reduces "${name}" to "${key}"`, () => assert.equal(companyKey(name), key));
  }

  it('leaves a key as it is', () => {
    for (const [, key] of cases) assert.equal(companyKey(key), key);
  });
});

describe('tidyPersonName', () => {
  const cases: readonly [string, string][] = [
    ["niccolò  D'AMICO ", "Niccolò D'Amico"],
    ['ANNA-MARIA DE LUCA', 'Anna-Maria De Luca'],
    ['maría josé', 'María José'],
    ['ronald mcdonald', 'Ronald McDonald'],
    ['élodie dell’orto', 'Élodie Dell’Orto'],
    ['', ''],
  ];
  for (const [typed, name] of cases) {
    it(`writes "${typed}" as "${name}"`, () => assert.equal(tidyPersonName(typed), name));
  }
});
