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
export const modulePaths = ({ key, actions }: Module, name: string): Json => ({
  ...manyRecords(key, name),
  ...oneRecord(key, name),
  ...Object.fromEntries(Object.keys(actions).map((action) => actionPath({ key, action, name }))),
});

const manyRecords = (key: string, name: string): Json => {
  const at = `/v1/${key}`;
  const tags = [key];
  const found = answers('200', 'A page.', content(page(name)));
  const groups = answers('200', 'Groups with their figures.', content(ref('Groups')));
  const made = answers('201', 'The new record.', { ...content(ref(name)), ...etag });
  return {
    [at]: {
      get: { operationId: `${key}.list`, tags, parameters: questions, ...found },
      post: { operationId: `${key}.create`, tags, parameters: [onceOnly], ...body(`${name}Draft`), ...made },
    },
    [`${at}/query`]: { post: { operationId: `${key}.query`, tags, ...body('Query'), ...found } },
    [`${at}/aggregate`]: { post: { operationId: `${key}.aggregate`, tags, ...body('Aggregate'), ...groups } },
  };
};

const chosen: readonly Json[] = [
  parameter('fields', 'Only these fields.'),
  parameter('include', 'Links whose records come along.'),
];

const changing: readonly Json[] = [onceOnly, base, ifMatch];

const oneRecord = (key: string, name: string): Json => {
  const at = `/v1/${key}/{id}`;
  const tags = [key];
  const parameters = [path('id')];
  const record = answers('200', 'The record as it is now.', { ...content(ref(name)), ...etag });
  const gone = answers('204', 'In the recycle bin.');
  const past = answers('200', 'Its versions.', content(ref('History')));
  return {
    [at]: {
      parameters,
      get: { operationId: `${key}.get`, tags, parameters: chosen, ...record },
      patch: { operationId: `${key}.update`, tags, parameters: changing, ...body(`${name}Patch`), ...record },
      delete: { operationId: `${key}.delete`, tags, parameters: changing, ...gone },
    },
    [`${at}/restore`]: { parameters, post: { operationId: `${key}.restore`, tags, ...record } },
    [`${at}/history`]: { parameters, get: { operationId: `${key}.history`, tags, ...past } },
  };
};

const actionPath = ({
  key,
  action,
  name,
}: {
  readonly key: string;
  readonly action: string;
  readonly name: string;
}): readonly [string, Json] => [
  `/v1/${key}/{id}/${action}`,
  {
    parameters: [path('id')],
    post: {
      operationId: `${key}.${action}`,
      tags: [key],
      parameters: changing,
      requestBody: content({ type: 'object' }),
      ...answers('200', 'Done.', content(acted(name))),
    },
  },
];
