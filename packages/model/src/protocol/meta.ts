import * as z from 'zod/mini';

const fieldDefinition = z.looseObject({ kind: z.string() });

/** A module's definition as data: what a page needs to show and edit records of a module it does not know. */
export const moduleMessage = z.looseObject({
  key: z.string(),
  area: z.string(),
  title: z.array(z.string()),
  fields: z.record(z.string(), fieldDefinition),
  list: z.array(z.string()),
  card: z.array(z.string()),
  board: z.optional(z.string()),
});

/** The answer of `GET /v1/meta`: the effective definitions for this identity, hidden fields absent. */
export const metaMessage = z.object({
  protocol: z.int(),
  schemaHash: z.string(),
  identity: z.nullable(z.object({ module: z.string(), id: z.string() })),
  locale: z.string(),
  currency: z.string(),
  country: z.string(),
  timeZone: z.string(),
  /** The server's clock, so that nobody trusts a page's. */
  now: z.string(),
  modules: z.array(moduleMessage),
});

export type Meta = z.infer<typeof metaMessage>;
