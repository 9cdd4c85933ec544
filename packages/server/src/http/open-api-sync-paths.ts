import { answers, body, content, parameter, ref, type Json } from './open-api-parts.ts';

/** What caches ask. `packages/model/src/protocol/sync/SPEC.md` says what to do with the answers. */
export const syncPaths: Json = {
  '/v1/sync/feed': {
    get: {
      operationId: 'feed',
      summary: 'Changes in the order of commits: server-sent events, or a long poll with `Accept: application/json`.',
      parameters: [
        parameter('cursor', 'After which event to begin.', { type: 'integer' }),
        parameter('Last-Event-ID', 'The same, for streams.', { where: 'header' }),
      ],
      responses: {
        200: {
          description: 'Events.',
          content: {
            'text/event-stream': { schema: { type: 'string' } },
            'application/json': {
              schema: {
                type: 'object',
                properties: {
                  events: { type: 'array', items: ref('ChangeEvent') },
                  cursor: { type: 'integer' },
                  aclSeq: { type: 'integer' },
                  reset: { type: 'boolean' },
                },
              },
            },
          },
        },
        default: { $ref: '#/components/responses/Problem' },
      },
    },
  },
  '/v1/sync/query': {
    post: {
      operationId: 'syncQuery',
      summary: 'A page of whole records, with what the server knew when it read them.',
      ...body('SyncQuery'),
      ...answers('200', 'The page.', content(ref('SyncPage'))),
    },
  },
  '/v1/sync/records': {
    post: {
      operationId: 'syncRecords',
      summary: 'Up to 1,000 records by name: those that are newer than what one has, and those that are gone.',
      ...body('SyncRecords'),
      ...answers('200', 'What is new.', content(ref('SyncNews'))),
    },
  },
  '/v1/sync/push': {
    post: {
      operationId: 'push',
      summary:
        'The oldest changes that wait on a device: each is carried out once and in order, whatever is sent again.',
      ...body('Push'),
      ...answers('200', 'What came of them.', content(ref('Pushed'))),
    },
  },
  '/v1/sync/verify': {
    post: {
      operationId: 'verify',
      summary: 'Which of up to 1,000 records the caller may not see, and which are not as the caller has them.',
      ...body('Verify'),
      ...answers('200', 'Those that have to go, and those that changed.', content(ref('Verified'))),
    },
  },
  '/v1/sync/bulk': {
    get: {
      operationId: 'bulk',
      summary: 'All records that fit a filter, 500 to a line; after a break it goes on from the last `next`.',
      parameters: [
        parameter('module', 'Of which module.'),
        parameter('where', 'A filter as JSON.'),
        parameter('after', 'The last `next` that was read.'),
      ],
      ...answers('200', 'Lines of JSON.', content(ref('BulkLine'), 'application/x-ndjson')),
    },
  },
};
