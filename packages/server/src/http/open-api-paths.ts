import type { Module } from '@tessera-crm/model/module.js';
import {
  answers,
  base,
  body,
  content,
  etag,
  ifMatch,
  onceOnly,
  parameter,
  path,
  questions,
  ref,
  type Json,
} from './open-api-parts.ts';

const page = (name: string): Json => ({
  type: 'object',
  required: ['records', 'next'],
  properties: {
    records: { type: 'array', items: ref(name) },
    next: { type: ['string', 'null'] },
    count: { type: 'integer' },
    included: { type: 'object' },
  },
});

const acted = (name: string): Json => ({
  type: 'object',
  properties: { record: { anyOf: [ref(name), { type: 'null' }] }, result: { type: 'object' } },
});

/** Everything one does with the records of a module. */
export const modulePaths = ({ key, actions }: Module, name: string): Json => {
  const at = `/v1/${key}`;
  const tags = [key];
  const record = { ...content(ref(name)), ...etag };
  const action = (id: string): readonly [string, Json] => [
    `${at}/{id}/${id}`,
    {
      parameters: [path('id')],
      post: {
        operationId: `${key}.${id}`,
        tags,
        parameters: [onceOnly, base, ifMatch],
        requestBody: content({ type: 'object' }),
        ...answers('200', 'Done.', content(acted(name))),
      },
    },
  ];
  return {
    [at]: {
      get: {
        operationId: `${key}.list`,
        tags,
        parameters: questions,
        ...answers('200', 'A page.', content(page(name))),
      },
      post: {
        operationId: `${key}.create`,
        tags,
        parameters: [onceOnly],
        ...body(`${name}Draft`),
        ...answers('201', 'The new record.', record),
      },
    },
    [`${at}/query`]: {
      post: { operationId: `${key}.query`, tags, ...body('Query'), ...answers('200', 'A page.', content(page(name))) },
    },
    [`${at}/aggregate`]: {
      post: {
        operationId: `${key}.aggregate`,
        tags,
        ...body('Aggregate'),
        ...answers('200', 'Groups with their figures.', content(ref('Groups'))),
      },
    },
    [`${at}/{id}`]: {
      parameters: [path('id')],
      get: {
        operationId: `${key}.get`,
        tags,
        parameters: [
          parameter('fields', 'Only these fields.'),
          parameter('include', 'Links whose records come along.'),
        ],
        ...answers('200', 'The record.', record),
      },
      patch: {
        operationId: `${key}.update`,
        tags,
        parameters: [onceOnly, base, ifMatch],
        ...body(`${name}Patch`),
        ...answers('200', 'The record as it is now.', record),
      },
      delete: {
        operationId: `${key}.delete`,
        tags,
        parameters: [onceOnly, base, ifMatch],
        ...answers('204', 'In the recycle bin.'),
      },
    },
    [`${at}/{id}/restore`]: {
      parameters: [path('id')],
      post: { operationId: `${key}.restore`, tags, ...answers('200', 'The record.', record) },
    },
    [`${at}/{id}/history`]: {
      parameters: [path('id')],
      get: { operationId: `${key}.history`, tags, ...answers('200', 'Its versions.', content(ref('History'))) },
    },
    ...Object.fromEntries(Object.keys(actions).map(action)),
  };
};
