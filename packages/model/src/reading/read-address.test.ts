import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatAddress, type AddressParts } from '../format/address.ts';
import { readAddress } from './read-address.ts';

const nothing: AddressParts = {
  line1: null,
  line2: null,
  number: null,
  postalCode: null,
  city: null,
  province: null,
  region: null,
  country: 'IT',
};

const legnano = { postalCode: '20025', city: 'Legnano', province: 'MI', region: 'Lombardia' };

const addresses: readonly (readonly [string, Partial<AddressParts>])[] = [
  ['Via Roma 1, 20025 Legnano (MI)', { line1: 'Via Roma', number: '1', ...legnano }],
  ['Via Roma, 1 - 20025 Legnano MI', { line1: 'Via Roma', number: '1', ...legnano }],
  ['Via Roma n. 1\n20025 Legnano (MI)', { line1: 'Via Roma', number: '1', ...legnano }],
  ['VIA ROMA 1 20025 LEGNANO MI ITALIA', { line1: 'Via Roma', number: '1', ...legnano }],
  ['Via Roma 1, 20025 Legnano (MI), Italia', { line1: 'Via Roma', number: '1', ...legnano }],
  [
    'v.le g.garibaldi 12 a - 20121 milano mi',
    {
      line1: 'Viale G. Garibaldi',
      number: '12/A',
      postalCode: '20121',
      city: 'Milano',
      province: 'MI',
      region: 'Lombardia',
    },
  ],
  ['P.za Duomo 3/B, 20121 Milano', { line1: 'Piazza Duomo', number: '3/B', postalCode: '20121', city: 'Milano' }],
  ['p.zza del duomo 3', { line1: 'Piazza del Duomo', number: '3' }],
  [
    'C.so Italia s.n.c., 80100 Napoli (NA)',
    {
      line1: 'Corso Italia',
      number: 's.n.c.',
      postalCode: '80100',
      city: 'Napoli',
      province: 'NA',
      region: 'Campania',
    },
  ],
  ['Loc. Le Piane, Bettona (PG)', { line1: 'Località Le Piane', city: 'Bettona', province: 'PG', region: 'Umbria' }],
  [
    "via dell'industria 4, 67100 l'aquila aq",
    {
      line1: "Via dell'Industria",
      number: '4',
      postalCode: '67100',
      city: "L'Aquila",
      province: 'AQ',
      region: 'Abruzzo',
    },
  ],
  ['20025 Legnano', { postalCode: '20025', city: 'Legnano' }],
  ['Via Roma', { line1: 'Via Roma' }],
  ['Hauptstraße 5, 10115 Berlin, Germania', { line1: 'Hauptstraße 5', city: '10115 Berlin', country: 'DE' }],
];

describe('Reading an address', () => {
  it('takes it apart the Italian way', () => {
    for (const [text, parts] of addresses) deepEqual(readAddress(text, 'IT'), { ...nothing, ...parts }, text);
  });
});

describe('Showing an address', () => {
  const via: AddressParts = { ...nothing, line1: 'Via Roma', number: '1', ...legnano };
  const street: AddressParts = {
    ...nothing,
    line1: 'Main Street',
    number: '5',
    city: 'Springfield',
    province: 'IL',
    postalCode: '62704',
    country: 'US',
  };

  it('follows the custom of its country and names it to strangers only', () => {
    equal(formatAddress(via, 'it'), 'Via Roma 1, 20025 Legnano (MI)');
    equal(formatAddress(via, 'en-GB'), 'Via Roma 1, 20025 Legnano (MI), Italy');
    equal(formatAddress(via, null), 'Via Roma 1, 20025 Legnano (MI)');
    equal(formatAddress(street, 'it'), 'Main Street 5, Springfield IL 62704, Stati Uniti');
    equal(formatAddress(street, null), 'Main Street 5, Springfield IL 62704, US');
  });
});
