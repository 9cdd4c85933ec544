import * as z from 'zod/mini';

/**
 * One event of `GET /v1/sync/feed`: what changed, in commit order. Records themselves are read again by whoever
 * shows them, under their own rights.
 */
export const changeEvent = z.object({
  /** The tenant's commit-ordered counter; the cursor to resume from. */
  seq: z.int(),
  changes: z.array(
    z.object({
      module: z.string(),
      id: z.string(),
      version: z.int(),
      /** `leave`: it is there still, and out of the caller's sight from now on. */
      op: z.enum(['create', 'update', 'delete', 'restore', 'leave']),
    }),
  ),
});

export type ChangeEvent = z.infer<typeof changeEvent>;

/** Under which number the caller's rights last changed: at the beginning of a stream, and whenever it grows. */
export const rightsEvent = z.object({ aclSeq: z.int() });

/** Names of the events on the stream. */
export const eventNames = { change: 'change', rights: 'rights', reset: 'reset', bye: 'bye' } as const;
