import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { plainReading } from '../kind.ts';
import { addressKind } from './address.ts';
import { choicesKind } from './choices.ts';
import { emailsKind, primaryEmail, type EmailEntry } from './emails.ts';
import { phonesKind, primaryPhone } from './phones.ts';
import { tagsKind } from './tags.ts';

const entry = (value: string, rest: Partial<EmailEntry> = {}): EmailEntry => ({
  value,
  label: null,
  primary: false,
  invalid: false,
  optOut: false,
  ...rest,
});

describe('A list of e-mail addresses', () => {
  const emails = emailsKind.schema({});

  it('has exactly one primary', () => {
    const primaries = (value: unknown) => emails.parse(value).map(({ primary }) => primary);
    deepEqual(primaries([{ value: 'a@x.it' }, { value: 'b@x.it' }]), [true, false]);
    deepEqual(primaries([{ value: 'a@x.it' }, { value: 'b@x.it', primary: true }]), [false, true]);
    deepEqual(
      primaries([
        { value: 'a@x.it', primary: true },
        { value: 'b@x.it', primary: true },
      ]),
      [true, false],
    );
  });

  it('names every address once and forgets no opt-out', () => {
    deepEqual(emails.parse([{ value: 'A@X.it' }, { value: 'a@x.it', label: 'work', optOut: true }]), [
      entry('A@x.it', { primary: true, optOut: true }),
    ]);
  });

  it('gives the primary address', () => {
    equal(primaryEmail([entry('a@x.it'), entry('b@x.it', { primary: true })]), 'b@x.it');
    equal(primaryEmail(null), null);
  });

  it('is null rather than empty', () => {
    deepEqual(emailsKind.parse(' ; , ', {}, plainReading), { ok: true, value: null });
    deepEqual(emailsKind.parse('[]', {}, plainReading), { ok: true, value: null });
    equal(emails.safeParse([]).error?.issues[0]?.message, 'blank');
  });

  it('is refused for one bad address, saying which', () => {
    deepEqual(emailsKind.parse('a@x.it, b', {}, plainReading), {
      ok: false,
      code: 'email',
      params: { path: '/1/value' },
    });
  });
});

describe('A list of telephone numbers', () => {
  it('reads each by its country', () => {
    const [home, abroad, unread] = phonesKind
      .schema({})
      .parse([
        { value: '0331 123456', country: 'IT', label: ' work ' },
        { value: '+44 20 7946 0958' },
        { value: '030 12345 ext. 9', country: 'DE' },
      ]);
    deepEqual([home?.value, home?.country, home?.label, home?.primary], ['+390331123456', 'IT', 'work', true]);
    deepEqual([abroad?.value, abroad?.country], ['+442079460958', null]);
    deepEqual([unread?.value, unread?.country, unread?.extension], ['03012345', 'DE', '9']);
  });

  it('reads what a person types in one line', () => {
    const read = phonesKind.parse('0331 123456 int. 2; 333 1234567', {}, plainReading);
    deepEqual(read.ok && read.value?.map(({ value, extension }) => [value, extension]), [
      ['+390331123456', '2'],
      ['+393331234567', null],
    ]);
    equal(primaryPhone(read.ok ? read.value : null)?.value, '+390331123456');
  });
});

describe('Several choices', () => {
  it('keep the order of the options and name each once', () => {
    const options = ['low', 'middle', 'high'];
    deepEqual(choicesKind.schema({ options }).parse(['high', 'low', 'high']), ['low', 'high']);
    deepEqual(choicesKind.parse('High; LOW', { options }, plainReading), { ok: true, value: ['low', 'high'] });
    const read = choicesKind.parse('high, huge', { options }, plainReading);
    equal(read.ok ? undefined : read.code, 'option');
  });
});

describe('Tags', () => {
  it('count two spellings of a word once', () => {
    deepEqual(tagsKind.schema({}).parse([' Città ', 'CITTA', 'vip']), ['Città', 'vip']);
  });

  it('are limited in number and length', () => {
    const code = (value: unknown) => tagsKind.schema({}).safeParse(value).error?.issues[0]?.message;
    equal(code(Array.from({ length: 51 }, (_, index) => `tag ${index}`)), 'too-many');
    equal(code(['x'.repeat(61)]), 'too-long');
    equal(code(['  ']), 'blank');
  });
});

describe('An address', () => {
  it('carries its one line, whatever the sender put there', () => {
    const value = addressKind
      .schema({})
      .parse({ line1: ' Via  Roma ', number: '1', city: 'Legnano', formatted: 'nonsense' });
    equal(value.formatted, 'Via Roma 1, Legnano');
    equal(value.line1, 'Via Roma');
  });

  it('needs a street, a town, a postal code or a country', () => {
    equal(addressKind.schema({}).safeParse({ number: '1', city: ' ' }).error?.issues[0]?.message, 'blank');
    equal(addressKind.schema({}).safeParse({ country: 'XX' }).error?.issues[0]?.message, 'country');
  });
});
