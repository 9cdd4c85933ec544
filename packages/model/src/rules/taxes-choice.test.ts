import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { taxesOfProduct, taxRate, taxTreatment, type TaxDefinition, type TaxParty } from './taxes-choice.ts';

const italian: TaxParty = { country: 'IT', business: true, vatValid: true, exemptNature: null, splitPayment: false };

describe('taxTreatment', () => {
  const cases: readonly [string, Partial<TaxParty>, 'goods' | 'services', string | null][] = [
    ['taxes at home as usual', {}, 'goods', null],
    ['leaves goods to a business of the Union to its country', { country: 'DE' }, 'goods', 'N3.2'],
    ['leaves services to a business of the Union to its country', { country: 'DE' }, 'services', 'N2.1'],
    ['taxes a business whose number is not valid', { country: 'DE', vatValid: false }, 'goods', null],
    ['taxes a person in the Union', { country: 'FR', business: false, vatValid: false }, 'goods', null],
    ['does not tax exports', { country: 'US', vatValid: false }, 'goods', 'N3.1'],
    ['does not tax services to the rest of the world', { country: 'CH' }, 'services', 'N2.1'],
    ['gives the reason of the exempt first', { exemptNature: 'N3.5' }, 'goods', 'N3.5'],
  ];
  for (const [title, party, sort, nature] of cases) {
    it(title, () => assert.equal(taxTreatment({ ...italian, ...party }, 'IT', sort).nature, nature));
  }

  it('splits the payment only where there is tax', () => {
    assert.equal(taxTreatment({ ...italian, splitPayment: true }, 'IT', 'goods').splitPayment, true);
    assert.equal(
      taxTreatment({ ...italian, splitPayment: true, exemptNature: 'N4' }, 'IT', 'goods').splitPayment,
      false,
    );
  });
});

describe('taxRate', () => {
  const vat: TaxDefinition = {
    code: 'IVA',
    rate: '20',
    kind: 'normal',
    byPeriod: [
      { from: '2013-10-01', rate: '22' },
      { from: '2011-09-17', rate: '21' },
    ],
    byRegion: { livigno: '0' },
  };

  it('is that of the day', () => {
    const days = ['2011-09-16', '2011-09-17', '2013-09-30', '2013-10-01'];
    assert.deepEqual(
      days.map((day) => taxRate(vat, day, null)),
      ['20', '21', '21', '22'],
    );
  });

  it('is that of the region, where it has one', () => {
    assert.equal(taxRate(vat, '2026-01-01', 'livigno'), '0');
    assert.equal(taxRate(vat, '2026-01-01', 'lombardia'), '22');
  });
});

describe('taxesOfProduct', () => {
  const city: TaxDefinition = { code: 'city', rate: '1', kind: 'compound', compoundOn: ['state', 'federal'] };
  const state: TaxDefinition = { code: 'state', rate: '9.975', kind: 'compound', compoundOn: ['federal'] };
  const federal: TaxDefinition = { code: 'federal', rate: '5', kind: 'normal' };
  const withheld: TaxDefinition = { code: 'RA', rate: '20', kind: 'deducted' };
  const moment = { date: '2026-05-10', region: null };

  it('puts a tax after those on which it is due, and leaves out what is deducted', () =>
    assert.deepEqual(taxesOfProduct([withheld, city, state, federal], { nature: null, splitPayment: false }, moment), [
      { code: 'federal', rate: '5' },
      { code: 'state', rate: '9.975', compoundOn: ['federal'] },
      { code: 'city', rate: '1', compoundOn: ['state', 'federal'] },
    ]));

  it('says why there is none', () =>
    assert.deepEqual(taxesOfProduct([federal], { nature: 'N3.1', splitPayment: false }, moment), [
      { code: 'N3.1', rate: '0' },
    ]));
});
