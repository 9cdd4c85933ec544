import { answers, body, content, parameter, ref, type Json } from './open-api-parts.ts';

/** What caches ask. `packages/model/src/protocol/sync/SPEC.md` says what to do with the answers. */
export const syncPaths: Json = {
  '/v1/sync/feed': {
    get: {
      operationId: 'feed',
      summary: 'Changes in the order of commits: server-sent events, or a long poll with `Accept: application/json`.',
      parameters: [
        parameter('cursor', 'After which event to begin.', { type: 'integer' }),
        parameter('modules', 'Keys of the modules to tell of, between commas; of all of them unless given.'),
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
    post: {
      operationId: 'bulk',
      summary:
        'All records that fit a filter: lines of 500, each a page with what the server knew when it read it. It may end before the last one; it goes on after the last `next`.',
      ...body('SyncBulk'),
      ...answers('200', 'A page on each line.', content(ref('SyncPage'), 'application/x-ndjson')),
    },
    get: {
      operationId: 'bulkAt',
      summary: 'The same, for filters that are short enough for an address.',
      parameters: [
        parameter('module', 'Of which module.'),
        parameter('where', 'A filter as JSON.'),
        parameter('after', 'The last `next` that was read.'),
      ],
      ...answers('200', 'A page on each line.', content(ref('SyncPage'), 'application/x-ndjson')),
    },
  },
};
