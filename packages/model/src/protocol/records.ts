import * as z from 'zod/mini';

/** A record as it travels; its module's schema says more. */
export const recordMessage = z.looseObject({ id: z.string(), version: z.int() });

/** One page of a list. */
export const pageMessage = z.object({
  records: z.array(recordMessage),
  next: z.nullable(z.string()),
  count: z.optional(z.int()),
  included: z.optional(z.record(z.string(), z.record(z.string(), recordMessage))),
});

/** The body of `POST /v1/{module}/query`: a query as data, checked by the module when it is planned. */
export const queryMessage = z.strictObject({
  where: z.optional(z.record(z.string(), z.unknown())),
  search: z.optional(z.string().check(z.maxLength(200))),
  sort: z.optional(z.array(z.string()).check(z.maxLength(5))),
  limit: z.optional(z.int()),
  after: z.optional(z.string()),
  include: z.optional(z.array(z.string()).check(z.maxLength(10))),
  fields: z.optional(z.array(z.string()).check(z.maxLength(200))),
  count: z.optional(z.enum(['exact'])),
  deleted: z.optional(z.enum(['only'])),
  archived: z.optional(z.enum(['only', 'with'])),
});

/** The body of `POST /v1/{module}/aggregate`. */
export const aggregateMessage = z.strictObject({
  where: z.optional(z.record(z.string(), z.unknown())),
  search: z.optional(z.string().check(z.maxLength(200))),
  rows: z.optional(
    z
      .array(
        z.union([
          z.string(),
          z.strictObject({ field: z.string(), by: z.optional(z.enum(['day', 'week', 'month', 'quarter', 'year'])) }),
        ]),
      )
      .check(z.maxLength(4)),
  ),
  measures: z
    .array(z.strictObject({ fn: z.enum(['count', 'sum', 'min', 'max', 'average']), field: z.optional(z.string()) }))
    .check(z.minLength(1), z.maxLength(10)),
  limit: z.optional(z.int().check(z.minimum(1), z.maximum(1000))),
});

export const groupsMessage = z.object({
  groups: z.array(
    z.object({
      keys: z.array(z.nullable(z.union([z.string(), z.number(), z.boolean()]))),
      values: z.array(z.nullable(z.union([z.string(), z.number()]))),
    }),
  ),
});

/** One version of a record's past: who changed which fields, when. */
export const historyMessage = z.object({
  versions: z.array(
    z.object({
      version: z.int(),
      at: z.string(),
      by: z.nullable(z.object({ module: z.string(), id: z.string() })),
      op: z.string(),
      source: z.nullable(z.string()),
      changes: z.array(z.object({ field: z.string(), old: z.unknown(), new: z.unknown() })),
    }),
  ),
});
