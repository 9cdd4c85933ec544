import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { acceptedType } from './file-type.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const png = bytes('\x89PNG\r\n\x1a\n....');
const pdf = bytes('%PDF-1.7 ...');
const zip = bytes('PK\x03\x04....');
const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

describe('the type of an upload', () => {
  const cases: readonly (readonly [string, string, Uint8Array, string | null])[] = [
    ['a picture that is one', 'image/png', png, 'image/png'],
    ['a document in an archive', docx, zip, docx],
    ['an old document', 'application/msword', bytes('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), 'application/msword'],
    ['text', 'text/plain; charset=utf-8', bytes('Buongiorno'), 'text/plain'],
    ['a table', 'text/csv', bytes('a;b\r\n1;2'), 'text/csv'],
    ['something unheard of', 'application/x-cad', bytes('\x00\x01\x02'), 'application/x-cad'],
    ['bytes that turn out to be a picture', 'application/octet-stream', png, 'image/png'],
    ['nothing claimed', '', pdf, 'application/pdf'],
    ['a claim that is none', 'text/html\r\nX: y', bytes('x'), 'application/octet-stream'],
    ['a picture that is a document', 'image/png', pdf, null],
    ['a picture that is text', 'image/png', bytes('hello'), null],
    ['text that is a picture', 'text/plain', png, null],
    ['text that is a page', 'text/plain', bytes('  <!DOCTYPE html><script>alert(1)</script>'), null],
    ['text that is markup', 'text/csv', bytes('<svg onload=alert(1)>'), null],
    ['text that is bytes', 'text/plain', bytes('a\x00b'), null],
    ['a page', 'text/html', bytes('<html>'), 'application/octet-stream'],
    ['a drawing that can act', 'image/svg+xml', bytes('<svg>'), 'application/octet-stream'],
    ['a script', 'application/javascript', bytes('alert(1)'), 'application/octet-stream'],
    ['a program', 'image/png', bytes('MZ\x90\x00'), 'application/octet-stream'],
  ];
  for (const [title, claimed, start, expected] of cases)
    test(`of ${title} is ${expected ?? 'refused'}`, () => {
      assert.equal(acceptedType(claimed, start), expected);
    });
});
