import { equal } from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { emailAddress } from './email-address.ts';

const addresses: readonly (readonly [string, string | null])[] = [
  ['Mario.Rossi@ROSSI.it', 'Mario.Rossi@rossi.it'],
  [' mailto:info@rossi.it ', 'info@rossi.it'],
  ['info@Bücher.example', 'info@xn--bcher-kva.example'],
  ['niccolò@rossi.it', 'niccolò@rossi.it'],
  ["o'hara+crm@example.com", "o'hara+crm@example.com"],
  ['info', null],
  ['info@', null],
  ['@rossi.it', null],
  ['in fo@rossi.it', null],
  ['info@rossi', null],
  ['info@rossi.it.', null],
  ['info@127.0.0.1', null],
  ['info@0x7f.1', null],
  ['info@rossi.it/path', null],
  ['info@rossi.it:25', null],
  ['info@@rossi.it', null],
  ['info@-rossi.it', null],
  ['<info@rossi.it>', null],
];

const file = new URL('../../../../../shared/data/mail/isemail-tests.xml', import.meta.url);

/** Valid in theory, and refused on purpose. */
const strict = [/@[a-z-]+$/i, /@\[/, /"/, /\.\d+$/];

interface Case {
  readonly address: string;
  readonly category: string;
}

const readCases = (): readonly Case[] =>
  [...readFileSync(file, 'utf8').matchAll(/<address>([^<]*)<\/address>(?:(?!<\/test>)[^])*?<category>([^<]*)/g)].map(
    ([, address, category]) => ({
      // The file shows control characters by their pictures
      address: address!
        .replaceAll(/&#x(24[0-9A-F]{2});/gi, (_, code: string) =>
          String.fromCodePoint(Number.parseInt(code, 16) - 0x2400),
        )
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&amp;', '&'),
      category: category!,
    }),
  );

describe('An e-mail address', () => {
  it('has one form', () => {
    for (const [text, address] of addresses) equal(emailAddress(text), address, text);
  });

  it('has a domain as browsers write it', () => {
    const labels = fc.array(fc.stringMatching(/^[a-zA-Z0-9-]{1,6}$/), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(labels, fc.constantFrom('it', 'COM', 'xn--p1ai', '0x1'), (before, last) => {
        const domain = [...before, last].join('.');
        const address = emailAddress(`a@${domain}`);
        if (address !== null) equal(address, `a@${new URL(`http://${domain}`).hostname}`);
      }),
    );
  });

  it(
    'is never one that every standard refuses',
    { skip: !existsSync(file) && 'the test addresses are not here' },
    () => {
      // White space around it comes from copying, and is taken away
      const refused = readCases().filter(
        ({ address, category }) => category === 'ISEMAIL_ERR' && address === address.trim(),
      );
      equal(refused.length > 40, true);
      for (const { address } of refused) equal(emailAddress(address), null, JSON.stringify(address));
    },
  );

  it('is every ordinary one', { skip: !existsSync(file) && 'the test addresses are not here' }, () => {
    const valid = readCases().filter(({ category }) => category === 'ISEMAIL_VALID_CATEGORY');
    const ordinary = valid.filter(({ address }) => !strict.some((pattern) => pattern.test(address)));
    equal(ordinary.length > 8, true);
    for (const { address } of ordinary) equal(emailAddress(address)?.toLowerCase(), address.toLowerCase());
  });
});
