import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import { cleanChange, cleanHtml, htmlSubset } from './clean-html.ts';

const corpus = new URL('../../../../../shared/data/hostile/dompurify-expect.mjs', import.meta.url);
const missing = existsSync(fileURLToPath(corpus)) ? false : 'shared/data/hostile is not there';

interface Sample {
  readonly title?: string;
  readonly payload: string;
}

/** Every tag with its attributes, as a browser would find them in clean text. */
const tagsIn = (html: string): readonly (readonly [string, string])[] =>
  [...html.matchAll(/<\/?([a-zA-Z][^\s/>]*)([^>]*)>/g)].map(
    ([, name, attributes]) => [name!.toLowerCase(), attributes!] as const,
  );

const assertHarmless = (html: string, title: string): void => {
  assert.equal(/<(?![a-z/])/i.test(html), false, `${title}: a stray bracket in ${html}`);
  for (const [tag, attributes] of tagsIn(html)) {
    assert.ok((htmlSubset.tags as readonly string[]).includes(tag), `${title}: <${tag}>`);
    for (const [, name, value = ''] of attributes.matchAll(/([^\s="]+)(?:="([^"]*)")?/g)) {
      if (name === '/') continue;
      assert.match(name!, /^(?:href|title|rel|colspan|rowspan|start)$/, `${title}: ${name} of <${tag}>`);
      if (name === 'href')
        assert.match(value, /^(?:https?:|mailto:|tel:|[^:]*$|[^:]*[/?#])/i, `${title}: href="${value}"`);
    }
  }
};

describe('formatted text', () => {
  test('keeps its formatting', () => {
    const html =
      '<p>Buon <strong>giorno</strong></p><ul><li>a &amp; b</li></ul><table><tbody><tr><td colspan="2">x</td></tr></tbody></table>';
    assert.equal(cleanHtml(html), html);
  });

  test('keeps links, which then tell nobody where they were', () => {
    assert.equal(
      cleanHtml('<a href="https://x.test/?a=1" onclick="x()" target=_blank>x</a>'),
      '<a href="https://x.test/?a=1" rel="noopener noreferrer nofollow">x</a>',
    );
  });

  test('is nothing when nothing is left', () => {
    for (const html of ['<script>alert(1)</script>', '<svg onload=alert(1)></svg>', '<style>*{}</style>'])
      assert.equal(cleanHtml(html), null);
  });

  test('without markup stays as it is, so that the schema can judge it', () => {
    for (const text of ['plain', ' a > b ', '']) assert.equal(cleanHtml(text), text === '' ? null : text);
  });

  test('does not change when it is cleaned again', () => {
    for (const html of ['<p>a<b>c', 'a < b & c', '<a href="javascript:x">y</a>', "<p title='\"'>z</p>"]) {
      const once = cleanHtml(html)!;
      assert.equal(cleanHtml(once), once);
    }
  });

  test('of every hostile sample holds nothing that acts', { skip: missing }, async () => {
    const { default: samples } = (await import(corpus.href)) as { readonly default: readonly Sample[] };
    assert.ok(samples.length > 150);
    for (const { title = 'untitled', payload } of samples) assertHarmless(cleanHtml(payload) ?? '', title);
  });

  test('is cleaned in the fields that are edited as such, and nowhere else', () => {
    const values = { subject: '<b>x</b>', description: '<b onclick=y>x</b><script>z</script>' };
    const change = cleanChange(
      { op: 'create', module: 'tickets', id: '01900000-0000-7000-8000-000000000001', values },
      builtInRegistry(),
    );
    assert.deepEqual('values' in change && change.values, { subject: '<b>x</b>', description: '<b>x</b>' });
  });
});
