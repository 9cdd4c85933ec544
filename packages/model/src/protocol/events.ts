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
      op: z.enum(['create', 'update', 'delete', 'restore']),
    }),
  ),
});

export type ChangeEvent = z.infer<typeof changeEvent>;

/** Names of the events on the stream. */
export const eventNames = { change: 'change', reset: 'reset', bye: 'bye' } as const;
