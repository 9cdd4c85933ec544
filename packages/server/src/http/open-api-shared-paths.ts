import { doings } from '@tessera-crm/model/access/profile.js';
import { answers, body, content, onceOnly, parameter, path, ref, type Json } from './open-api-parts.ts';
import { syncPaths } from './open-api-sync-paths.ts';

const anybody: Json = { security: [] };

/** What does not belong to one module. */
export const sharedPaths: Json = {
  '/v1/changes': {
    post: {
      operationId: 'applyChanges',
      summary: 'Up to 500 changes, all or none unless `atomic` is false.',
      parameters: [onceOnly],
      ...body('Changes'),
      ...answers('200', 'How each change ended.', content(ref('Applied'))),
    },
  },
  '/v1/search': {
    get: {
      operationId: 'search',
      summary: 'Words across modules; hits in titles come first. Typing errors are not forgiven yet.',
      parameters: [
        parameter('q', 'The words.'),
        parameter('modules', 'Only these, separated by commas.'),
        parameter('limit', '1 to 50.', { type: 'integer' }),
      ],
      ...answers(
        '200',
        'What was found.',
        content({
          type: 'object',
          properties: {
            results: {
              type: 'array',
              items: { type: 'object', properties: { module: { type: 'string' }, record: ref('Record') } },
            },
          },
        }),
      ),
    },
  },
  '/v1/explain': {
    get: {
      operationId: 'explain',
      summary: 'Whether a user may do something, gate by gate, and why. Of others only for those who administer.',
      parameters: [
        { ...parameter('module', 'Its key.'), required: true },
        parameter('doing', `${doings.join(', ')}; the first unless given.`),
        parameter('id', 'The record, where it is about one.'),
        parameter('field', 'The field, where it is about one.'),
        parameter('user', 'The id of a user; whoever asks unless given.'),
      ],
      ...answers(
        '200',
        'All gates have to be open.',
        content({
          type: 'object',
          properties: {
            allowed: { type: 'boolean' },
            gates: {
              type: 'array',
              items: {
                type: 'object',
                properties: {
                  gate: { type: 'string', enum: ['profile', 'record', 'field'] },
                  open: { type: 'boolean' },
                },
              },
            },
          },
        }),
      ),
    },
  },
  ...syncPaths,
  '/v1/files': {
    post: {
      operationId: 'uploadFile',
      summary: 'A file of at most 25 MiB, as the body itself.',
      parameters: [parameter('name', 'Its name.')],
      requestBody: { required: true, content: { '*/*': { schema: { type: 'string', format: 'binary' } } } },
      ...answers('201', 'What was stored.', content(ref('File'))),
    },
  },
  '/v1/files/{id}': {
    parameters: [path('id')],
    get: {
      operationId: 'downloadFile',
      summary: 'The file, always as an attachment.',
      ...answers('200', 'The file.', content({ type: 'string', format: 'binary' }, '*/*')),
    },
  },
  '/v1/files/{id}/link': {
    parameters: [path('id')],
    post: {
      operationId: 'linkFile',
      summary: 'An address that works for five minutes without a token.',
      ...answers('201', 'The address.', content(ref('FileLink'))),
    },
  },
  '/v1/sessions': {
    post: {
      operationId: 'mintSession',
      summary: 'A session token for a user or a customer; with a secret key only.',
      ...body('SessionRequest'),
      ...answers('201', 'The token.', content(ref('Session'))),
    },
  },
  '/v1/login': {
    post: {
      operationId: 'login',
      summary: 'A session for a user with a password.',
      ...anybody,
      ...body('LoginRequest'),
      ...answers('201', 'The token.', content(ref('Session'))),
    },
  },
  '/v1/login/renew': {
    post: {
      operationId: 'renewLogin',
      summary: 'A fresh token while the session of a login lasts.',
      ...answers('201', 'The token.', content(ref('Session'))),
    },
  },
  '/v1/logout': {
    post: { operationId: 'logout', summary: 'Ends the session of the token.', ...answers('204', 'Ended.') },
  },
  '/v1/me': {
    get: {
      operationId: 'me',
      summary: 'Whom the token stands for.',
      ...answers('200', 'The identity.', content({ type: 'object' })),
    },
  },
  '/v1/me/sessions': {
    get: {
      operationId: 'listSessions',
      summary: 'Where one is signed in.',
      ...answers('200', 'The sessions.', content({ type: 'object' })),
    },
  },
  '/v1/me/sessions/{id}': {
    parameters: [path('id')],
    delete: { operationId: 'revokeSession', summary: 'Ends a session.', ...answers('204', 'Ended.') },
  },
  '/v1/meta': {
    get: {
      operationId: 'meta',
      summary: 'The modules as this identity knows them.',
      ...answers('200', 'Definitions and settings.', content(ref('Meta'))),
    },
  },
  '/healthz': {
    get: { operationId: 'health', summary: 'Whether the process lives.', ...anybody, ...answers('200', 'It does.') },
  },
  '/readyz': {
    get: {
      operationId: 'readiness',
      summary: 'Whether requests are welcome.',
      ...anybody,
      ...answers('200', 'They are.'),
    },
  },
  '/metrics': {
    get: {
      operationId: 'metrics',
      summary: 'Figures for Prometheus.',
      ...anybody,
      ...answers('200', 'Figures.', content({ type: 'string' }, 'text/plain')),
    },
  },
};
