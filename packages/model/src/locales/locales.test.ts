import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test, { describe } from 'node:test';
import { errorCodes } from '../error-codes.ts';
import type { Control, Field } from '../kind.ts';
import type { Module } from '../module.ts';
import { builtIn } from '../modules/built-in.ts';
import { messages as english } from './en.ts';
import { messages as italian } from './it.ts';
import { errorSentence, humanise, labelOf, ownLabel, sentenceOf } from './label.ts';

const optionsOf = ({ options }: Field): readonly string[] =>
  'options' in options ? (options.options as readonly string[]) : [];

const partsOf = (control: Control): readonly (readonly [string, Field])[] =>
  'parts' in control ? Object.entries(control.parts) : [];

/** Every key that people may come to see: the field, its options, its parts and theirs. */
const pathsOf = (path: string, field: Field): readonly string[] => {
  const [module, name] = path.split('.');
  const parts = partsOf(field.kind.control(field.options));
  return [
    path,
    ...optionsOf(field).map((option) => `${path}.${option}`),
    ...parts.flatMap(([part, of]) => [
      `${module}.${name}.${part}`,
      ...optionsOf(of).map((one) => `${module}.${part}.${one}`),
    ]),
  ];
};

const paths = (Object.values(builtIn) as readonly Module[]).flatMap((module) => [
  module.key,
  `${module.key}.one`,
  ...Object.entries(module.fields).flatMap(([name, field]) => pathsOf(`${module.key}.${name}`, field)),
]);

/** Where codes of issues stand in our sources. */
const codePatterns = [
  /refused\(\s*'([^']+)'/g,
  /error: '([^']+)'/g,
  /\bcode: '([^']+)'/g,
  /refuse\([^,;]+,\s*'([a-z][a-z.-]+)'/g,
  /place\.refuse\('([^']+)'|here\.refuse\('([^']+)'/g,
];

/** Words in such places that are no codes of issues: codes of errors, what zod calls its own, codes of sample taxes. */
const others = new Set([
  ...Object.keys(errorCodes).filter((code) => code !== 'conflict' && code !== 'too-large'),
  'custom',
  'IVA22',
  'a',
  'b',
]);

const sources = (folder: URL): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.test\.ts$|^testing\/|^locales\//.test(name))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'));

const codes = (): ReadonlySet<string> =>
  new Set(
    sources(new URL('../', import.meta.url)).flatMap((source) =>
      codePatterns.flatMap((pattern) => [...source.matchAll(pattern)].map(([, one, two]) => one ?? two!)),
    ),
  );

describe('labels', () => {
  test('Italian has one for every module, field, option and part', () => {
    assert.deepEqual(
      paths.filter((path) => ownLabel(path, italian) === undefined),
      [],
    );
  });

  test('English ones read well as they are made from keys', () => {
    assert.equal(labelOf('tasks.dueDate', english), 'Due date');
    assert.equal(labelOf('tickets.status.wait_customer', english), 'Waiting for the customer');
    assert.equal(labelOf('tickets.status.in_progress', english), 'In progress');
    assert.equal(labelOf('salesOrders', english), 'Sales orders');
    assert.equal(labelOf('accounts.vatNumber', english), 'VAT number');
    assert.equal(humanise('due_at'), 'Due at');
    const singular = Object.keys(builtIn).filter((module) => english[`${module}.one`] === undefined);
    assert.deepEqual(singular, []);
  });

  test('are those that Italian companies use', () => {
    const wanted = {
      deals: 'Opportunità',
      tickets: 'Ticket',
      accounts: 'Account',
      contacts: 'Contatti',
      salesOrders: 'Ordini',
      events: 'Eventi',
      groups: 'Gruppi',
      'accounts.engagementScore': 'Punteggio di interesse',
      'tickets.priority.urgent': 'Urgente',
      'accounts.status.blocked': 'Bloccato',
      'deals.outcome': 'Esito',
    };
    for (const [path, label] of Object.entries(wanted)) assert.equal(labelOf(path, italian), label);
  });

  test('the most particular one counts', () => {
    const messages = { '*.*.open': 'c', '*.status.open': 'b', 'tickets.status.open': 'a' };
    assert.equal(labelOf('tickets.status.open', messages), 'a');
    assert.equal(labelOf('tasks.status.open', messages), 'b');
    assert.equal(labelOf('deals.outcome.open', messages), 'c');
  });
});

test('nothing else imports a language, so that a page loads those it shows', () => {
  const importers = sources(new URL('../', import.meta.url)).filter((source) =>
    /from '[^']*locales\/(en|it)/.test(source),
  );
  assert.equal(importers.length, 0);
});

describe('sentences', () => {
  for (const [language, messages] of Object.entries({ english, italian })) {
    test(`${language} has one for every code of an issue`, () => {
      const found = [...codes()].filter((code) => !others.has(code));
      assert.ok(found.length > 60, `only ${found.length} codes found: the patterns have come loose`);
      assert.deepEqual(
        found.filter((code) => messages[`issue.${code}`] === undefined),
        [],
      );
    });

    test(`${language} has one for every code of an error`, () => {
      const missing = Object.keys(errorCodes).filter((code) => messages[`error.${code}`] === undefined);
      assert.deepEqual(missing, []);
    });
  }

  test('both languages have the same ones, with the same facts', () => {
    const isSentence = (key: string): boolean => /^(issue|error)\./.test(key);
    const facts = (text: string): string => [...text.matchAll(/\{\w+\}/g)].map(String).toSorted().join();
    const keys = Object.keys(english).filter(isSentence);
    assert.deepEqual(Object.keys(italian).filter(isSentence), keys);
    assert.deepEqual(
      keys.filter((key) => facts(english[key]!) !== facts(italian[key]!)),
      [],
    );
  });

  test('name the facts, and the fields by their labels', () => {
    const long = { path: '/name', code: 'too-long', params: { max: 200 } };
    assert.equal(sentenceOf(long, italian), 'Troppo lungo: al massimo 200 caratteri.');
    assert.equal(sentenceOf({ path: '/name', code: 'too-long' }, italian), 'Troppo lungo.');
    const either = { path: '/account', code: 'one-of', params: { fields: ['account', 'lead'] } };
    assert.equal(sentenceOf(either, italian, 'deals'), 'Serve almeno uno tra: Account, Lead.');
    const used = { path: '', code: 'in-use', params: { module: 'deals', count: 2 } };
    assert.equal(sentenceOf(used, italian, 'accounts'), 'È ancora in uso: Opportunità.');
    assert.equal(sentenceOf({ path: '', code: 'never-heard-of' }, english), 'This is not valid.');
    assert.equal(errorSentence('network', english), 'The server cannot be reached.');
  });
});
