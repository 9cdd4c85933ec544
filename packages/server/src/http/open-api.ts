import * as z from 'zod/mini';
import { isWritable, type Module } from '@tessera-crm/model/module.js';
import { appliedMessage, changesMessage } from '@tessera-crm/model/protocol/changes.js';
import { changeEvent } from '@tessera-crm/model/protocol/events.js';
import { fileLinkMessage, fileMessage } from '@tessera-crm/model/protocol/files.js';
import { metaMessage } from '@tessera-crm/model/protocol/meta.js';
import { problemMessage } from '@tessera-crm/model/protocol/problem.js';
import {
  aggregateMessage,
  groupsMessage,
  historyMessage,
  pageMessage,
  queryMessage,
  recordMessage,
} from '@tessera-crm/model/protocol/records.js';
import { loginRequest, sessionAnswer, sessionRequest } from '@tessera-crm/model/protocol/sessions.js';
import {
  pushedMessage,
  pushMessage,
  syncBulkMessage,
  syncNewsMessage,
  syncPageMessage,
  syncQueryMessage,
  syncRecordsMessage,
  verifiedMessage,
  verifyMessage,
} from '@tessera-crm/model/protocol/sync/messages.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import { recordSchema, valuesSchema } from '@tessera-crm/model/schema.js';
import type { Json } from './open-api-parts.ts';
import { modulePaths } from './open-api-paths.ts';
import { sharedPaths } from './open-api-shared-paths.ts';

const messages: Readonly<Record<string, z.ZodMiniType>> = {
  Problem: problemMessage,
  Record: recordMessage,
  Page: pageMessage,
  Query: queryMessage,
  Aggregate: aggregateMessage,
  Groups: groupsMessage,
  History: historyMessage,
  Changes: changesMessage,
  Applied: appliedMessage,
  ChangeEvent: changeEvent,
  SyncQuery: syncQueryMessage,
  SyncPage: syncPageMessage,
  SyncBulk: syncBulkMessage,
  SyncRecords: syncRecordsMessage,
  SyncNews: syncNewsMessage,
  Push: pushMessage,
  Pushed: pushedMessage,
  Verify: verifyMessage,
  Verified: verifiedMessage,
  File: fileMessage,
  FileLink: fileLinkMessage,
  Meta: metaMessage,
  SessionRequest: sessionRequest,
  LoginRequest: loginRequest,
  Session: sessionAnswer,
};

/** The schema as one goes in: what transforms make of it is the server's business. */
const schemaOf = (schema: z.ZodMiniType): Json => {
  const { $schema: _draft, ...json } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return json;
};

/** `salesOrders` → `SalesOrders`. */
export const schemaName = (key: string): string => `${key[0]!.toUpperCase()}${key.slice(1)}`;

const moduleSchemas = (module: Module): Readonly<Record<string, Json>> => {
  const name = schemaName(module.key);
  const fields = Object.entries(module.fields);
  const values = schemaOf(valuesSchema(module));
  const properties = values['properties'] as Json;
  const required = fields.filter(([, field]) => isWritable(field) && field.presence === 'required').map(([key]) => key);
  return {
    [name]: {
      ...schemaOf(recordSchema(module)),
      description: `A stored record of ${module.key}; fields without a value are null.`,
    },
    [`${name}Draft`]: {
      ...values,
      properties: {
        id: { type: 'string', format: 'uuid', description: 'A UUIDv7 made by the client; optional.' },
        ...properties,
      },
      additionalProperties: false,
      ...(required.length > 0 && { required }),
    },
    [`${name}Patch`]: { ...values, additionalProperties: false },
  };
};

const components = (registry: Registry): Json => ({
  securitySchemes: {
    token: {
      type: 'http',
      scheme: 'bearer',
      description:
        'A session token (`POST /v1/sessions`, `POST /v1/login`, or minted by the host), or a secret key from a backend.',
    },
  },
  schemas: {
    ...Object.fromEntries(Object.entries(messages).map(([name, schema]) => [name, schemaOf(schema)])),
    ...Object.assign({}, ...registry.all.map(moduleSchemas)),
  },
  responses: {
    Problem: {
      description: 'It did not work; `code` says why.',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  },
});

const info: Json = {
  title: 'Tessera',
  description:
    'Records, changes, files and sessions of a CRM. Errors are problem details (RFC 9457) whose `code` is meant to be branched on.',
  license: { name: 'MIT', identifier: 'MIT' },
};

/**
 * The whole API as a document, generated from the modules and the messages of the wire.
 *
 * @see https://spec.openapis.org/oas/v3.1.1
 */
export const openApi = (
  registry: Registry,
  { basePath, version }: { readonly basePath: string; readonly version: string },
): Json => ({
  openapi: '3.1.0',
  info: { ...info, version },
  jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
  servers: [{ url: basePath === '' ? '/' : basePath }],
  security: [{ token: [] }],
  tags: registry.all.map(({ key, area }) => ({ name: key, description: `Records of ${key} (${area}).` })),
  paths: {
    ...sharedPaths,
    ...Object.assign({}, ...registry.all.map((module) => modulePaths(module, schemaName(module.key)))),
  },
  components: components(registry),
});
