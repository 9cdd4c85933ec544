import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { shortAddress, webAddress } from './web-address.ts';

const accepted: readonly (readonly [string, string])[] = [
  ['rossi.it', 'https://rossi.it/'],
  ['www.Rossi.it/Chi siamo', 'https://www.rossi.it/Chi%20siamo'],
  ['http://rossi.it', 'http://rossi.it/'],
  ['rossi.it:8080/a?b#c', 'https://rossi.it:8080/a?b#c'],
  ['localhost:3000', 'https://localhost:3000/'],
  ['//rossi.it/a', 'https://rossi.it/a'],
  ['mailto:info@rossi.it', 'mailto:info@rossi.it'],
  ['tel:+390331123456', 'tel:+390331123456'],
  ['bücher.example', 'https://xn--bcher-kva.example/'],
];

const refused: readonly (readonly [string, string])[] = [
  ['javascript:alert(1)', 'scheme'],
  ['JavaScript:alert(1)', 'scheme'],
  ['javascript:1', 'scheme'],
  ['java\nscript:alert(1)', 'url'],
  ['\u0001javascript:alert(1)', 'url'],
  ['data:text/html,x', 'scheme'],
  ['vbscript:x', 'scheme'],
  ['file:///etc/passwd', 'scheme'],
  ['undefined', 'url'],
  ['two words', 'url'],
  ['https://', 'url'],
  ['http://a b.it', 'url'],
];

describe('A web address', () => {
  it('gets its scheme', () => {
    for (const [text, href] of accepted) deepEqual(webAddress(text), { href }, text);
  });

  it('runs no scripts and opens no files', () => {
    for (const [text, code] of refused) deepEqual(webAddress(text), { code }, text);
  });

  it('is shown without what everybody leaves out', () => {
    equal(shortAddress('https://www.rossi.it/'), 'rossi.it');
    equal(shortAddress('https://rossi.it/a/'), 'rossi.it/a/');
    equal(shortAddress('mailto:info@rossi.it'), 'info@rossi.it');
  });
});
