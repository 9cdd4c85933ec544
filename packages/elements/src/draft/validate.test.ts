import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import { emails } from '@tessera-crm/model/kinds/emails.js';
import { integer } from '@tessera-crm/model/kinds/integer.js';
import { text } from '@tessera-crm/model/kinds/text.js';
import { defineModule } from '@tessera-crm/model/module.js';
import { validate } from './validate.ts';

const module = defineModule('things', {
  area: 'activities',
  title: ['name'],
  fields: {
    name: text({ required: true, max: 5 }),
    count: integer({ max: 9 }),
    mails: emails(),
    other: text({ required: true }),
  },
});

const check = (values: Record<string, unknown>, unread = {}) =>
  validate({ module, fields: ['name', 'mails', 'count'], values, unread });

describe('checking a draft', () => {
  test('names everything at once, in the order of the fields', () => {
    const issues = check({ name: 'too long', count: 10, mails: [{ value: 'not one' }] });
    assert.deepEqual(
      issues.map(({ path, code }) => [path, code]),
      [
        ['/name', 'too-long'],
        ['/mails/0/value', 'email'],
        ['/count', 'too-big'],
      ],
    );
  });

  test('asks for nothing that is not shown', () => {
    assert.deepEqual(check({ name: 'Ada' }), []);
  });

  test('says of an empty part that it is missing', () => {
    assert.deepEqual(check({ name: 'Ada', mails: [{ value: null }] }), [{ path: '/mails/0/value', code: 'required' }]);
  });

  test('says of text that could not be read why, rather than that the value is missing', () => {
    const issues = check({ name: 'Ada', count: null }, { '/count': { text: 'many', code: 'integer' } });
    assert.deepEqual(issues, [{ path: '/count', code: 'integer' }]);
  });
});
