import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { plainText } from '../format/plain-text.ts';
import { plainReading, type Field, type Reading } from '../kind.ts';
import { color } from './color.ts';
import { country } from './country.ts';
import { currency } from './currency.ts';
import { date } from './date.ts';
import { datetime } from './datetime.ts';
import { decimal } from './decimal.ts';
import { geo } from './geo.ts';
import { grid } from './grid.ts';
import { integer } from './integer.ts';
import { json } from './json.ts';
import { language } from './language.ts';
import { money } from './money.ts';
import { percent } from './percent.ts';
import { rating } from './rating.ts';
import { secret } from './secret.ts';
import { time } from './time.ts';
import { timezone } from './timezone.ts';
import { toggle } from './toggle.ts';

const italian: Reading = { ...plainReading, decimal: ',', dates: 'dmy', timeZone: 'Europe/Rome' };

const read = ({ kind, options }: Field, text: string, reading = italian): unknown => {
  const result = kind.parse(text, options, reading);
  return result.ok ? result.value : result.code;
};

const check = ({ kind, options }: Field, value: unknown): unknown => {
  const result = kind.schema(options).safeParse(value);
  return result.success ? result.data : result.error.issues[0]?.message;
};

const show = ({ kind, options }: Field, value: unknown, locale: string): string =>
  kind.format(value, options, { locale, timeZone: 'Europe/Rome' }).replaceAll(/[\u00a0\u202f]/g, ' ');

/** A field, what is typed, and the value or the code of the refusal. */
const typed: readonly (readonly [Field, string, unknown])[] = [
  [integer(), '1.234', 1234],
  [integer(), '1,5', 'integer'],
  [integer(), '9007199254740993', 'integer'],
  [integer({ max: 10 }), '11', 'too-big'],
  [integer({ min: 0 }), '-1', 'too-small'],
  [decimal(), '1.234,565', '1234.57'],
  [decimal({ digits: 0 }), '2,5', '3'],
  [decimal({ precision: 4 }), '123,4', 'too-long'],
  [decimal({ min: 0 }), '-0,001', '0.00'],
  [decimal({ min: 0 }), '-0,01', 'too-small'],
  [percent(), '12,5 %', '12.50'],
  [percent(), '100,01', 'too-big'],
  [percent({ max: 500 }), '120', '120.00'],
  [money(), '1.234,5 €', { amount: '1234.50', currency: 'EUR' }],
  [money(), 'USD 12', { amount: '12.00', currency: 'USD' }],
  [rating(), '4/5', 4],
  [rating(), '6', 'too-big'],
  [date(), '1/3/2026', '2026-03-01'],
  [date(), '2026-03-01 00:00:00', '2026-03-01'],
  [date(), '2026-03-01 12:00:00', 'date'],
  [time(), '9.30', '09:30:00'],
  [datetime(), '29/3/2026 02:30', '2026-03-29T01:30:00.000Z'],
  [toggle(), 'Sì', true],
  [toggle(), 'falso', false],
  [toggle(), 'perhaps', 'toggle'],
  [color(), 'ABC', '#aabbcc'],
  [color(), 'red', 'color'],
  [country(), 'germania', 'DE'],
  [country(), 'United Kingdom', 'GB'],
  [country(), 'it', 'IT'],
  [country(), 'Atlantis', 'country'],
  [currency(), 'eur', 'EUR'],
  [currency(), 'ITL', 'currency'],
  [language(), 'PT_br', 'pt-BR'],
  [language(), 'tedesco', 'de'],
  [timezone(), 'europe/rome', 'Europe/Rome'],
  [timezone(), '+01:00', 'timezone'],
  [geo(), '45,5958; 8,9186', { lat: 45.5958, lng: 8.9186, accuracy: null, source: null }],
  [geo(), '91, 0', 'too-big'],
  [json(), '{"a":', 'json'],
  [secret(), '••••', 'masked'],
];

const sent: readonly (readonly [Field, unknown, unknown])[] = [
  [integer(), 1.5, 'integer'],
  [integer(), 2 ** 53, 'integer'],
  [decimal(), '1e3', 'number'],
  [decimal(), '12', '12.00'],
  [money({ digits: 4 }), { amount: '1', currency: 'JPY' }, { amount: '1.0000', currency: 'JPY' }],
  [money(), { amount: '1', currency: 'KWD' }, { amount: '1.000', currency: 'KWD' }],
  [money(), { amount: '1'.repeat(24), currency: 'EUR' }, 'too-long'],
  [time(), '09:30', '09:30:00'],
  [time(), '9:30', 'time'],
  [date(), '2026-02-30', 'date'],
  [datetime(), '2026-03-01T10:00:00+01:00', '2026-03-01T09:00:00.000Z'],
  [country(), 'it', 'country'],
  [json(), JSON.parse(`${'['.repeat(18)}${']'.repeat(18)}`), 'too-deep'],
  [json(), 'x'.repeat(65_536), 'too-long'],
  [json(), { a: Number.NaN }, 'json'],
  [json(), { a: undefined }, 'json'],
  [json(), { '\u0000': 1 }, 'characters'],
  [
    grid({ columns: { day: date({ required: true }), rate: percent(), open: toggle({ default: true }) } }),
    [{ day: '2026-01-01', rate: '5' }],
    [{ day: '2026-01-01', rate: '5.00', open: true }],
  ],
  [grid({ columns: { day: date() } }), [{ day: '2026-13-01' }], 'date'],
];

const shown: readonly (readonly [Field, unknown, string, string])[] = [
  [integer({ unit: 'kg' }), 12_345, '12.345 kg', '12,345 kg'],
  [decimal(), '1234.50', '1.234,5', '1,234.5'],
  [decimal({ digits: 4 }), '9007199254740993.1234', '9.007.199.254.740.993,1234', '9,007,199,254,740,993.1234'],
  [percent(), '12.50', '12,5%', '12.5%'],
  [money(), { amount: '1234.50', currency: 'EUR' }, '1.234,50 €', '€1,234.50'],
  [date(), '2026-03-01', '1 mar 2026', '1 Mar 2026'],
  [time(), '09:30:00', '09:30', '09:30'],
  [datetime(), '2026-07-01T10:00:00.000Z', '1 lug 2026, 12:00', '1 Jul 2026, 12:00'],
  [toggle(), true, 'Sì', 'Yes'],
  [country(), 'DE', 'Germania', 'Germany'],
  [language(), 'it', 'italiano', 'Italian'],
  [secret(), 'hunter2', '••••', '••••'],
  [rating(), 3, '3/5', '3/5'],
];

describe('Typing a value', () => {
  it('gives it, or a reason why not', () => {
    for (const [field, text, value] of typed) deepEqual(read(field, text), value, `${field.kind.name} ${text}`);
  });
});

describe('Sending a value', () => {
  it('brings it to its one form, or is refused with a reason', () => {
    for (const [field, value, result] of sent) deepEqual(check(field, value), result, field.kind.name);
  });
});

describe('Showing a value', () => {
  it('follows Italian and English custom', () => {
    for (const [field, value, inItalian, inEnglish] of shown) {
      equal(show(field, value, 'it-IT'), inItalian);
      equal(show(field, value, 'en-GB'), inEnglish);
    }
  });
});

describe('A whole number', () => {
  it('takes four bytes where they are enough', () => {
    equal(integer().kind.storage({}).columns[0]?.type, 'bigint');
    const small = integer({ min: 0, max: 100 });
    equal(small.kind.storage(small.options).columns[0]?.type, 'integer');
    equal(small.kind.storage({}).read!(['42']), 42);
  });
});

const pages: readonly (readonly [string, string])[] = [
  ['<p>a</p><p>b &amp; c</p>', 'a\nb & c'],
  ['a<br>b', 'a\nb'],
  ['<script>alert(1)</script>x', 'x'],
  ['<STYLE>p{}</STYLE >x', 'x'],
  ['<!-- no -->x<!-- never', 'x'],
  ['1 < 2 &lt; 3', '1 < 2 < 3'],
  ['&#233;&#xE8;&#0;&#xD800;&#x110000;&unknown;', 'éè\ufffd\ufffd\ufffd&unknown;'],
  ['<a href="x">link', 'link'],
  ['<a href="x', ''],
  ['&amp;lt;', '&lt;'],
];

describe('Plain text of HTML', () => {
  it('keeps the words and nothing else', () => {
    for (const [html, text] of pages) equal(plainText(html), text, html);
  });

  it('takes no longer for hostile input than for any other', () => {
    for (const piece of ['<', '<!--', '<a ', '<script>', '&#x', '&']) {
      equal(typeof plainText(piece.repeat(200_000 / piece.length)), 'string');
    }
  });
});
