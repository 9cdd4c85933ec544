import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import fc from 'fast-check';
import { fromHtml, isPlainHtml, toPlainHtml } from './plain-html.ts';

const typed = fc
  .array(
    fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('<b>', '&amp;', '\n', '&#x3c;', '<!--', '  ', '</p>')),
  )
  .map((parts) => parts.join('').replaceAll('\r', ''));

describe('plain text as HTML', () => {
  test('is shown again exactly as it was typed', () => {
    fc.assert(fc.property(typed, (text) => assert.equal(fromHtml(toPlainHtml(text)), text)));
  });

  test('holds no tag but a paragraph and line breaks', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const inside = toPlainHtml(text).slice(3, -4).replaceAll('<br>', '');
        assert.doesNotMatch(inside, /[<>]/);
        assert.ok(isPlainHtml(toPlainHtml(text)));
      }),
    );
  });

  test('tells text with formatting from text without', () => {
    assert.equal(isPlainHtml('<p>a <b>b</b></p>'), false);
    assert.equal(isPlainHtml('just words'), true);
    assert.equal(fromHtml('<p>a <b>b</b></p><p>c</p>'), 'a b\nc');
  });
});
