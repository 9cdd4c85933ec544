/** Plain data, as JSON has it. */
export type Json = Readonly<Record<string, unknown>>;

export const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

export const content = (schema: Json, type = 'application/json'): Json => ({ content: { [type]: { schema } } });

export const body = (name: string): Json => ({ requestBody: { required: true, ...content(ref(name)) } });

export const etag: Json = {
  headers: { ETag: { description: 'The version of the record.', schema: { type: 'string' } } },
};

export const answers = (status: string, description: string, more: Json = {}): Json => ({
  responses: { [status]: { description, ...more }, default: { $ref: '#/components/responses/Problem' } },
});

export const parameter = (name: string, description: string, { type = 'string', where = 'query' } = {}): Json => ({
  name,
  in: where,
  description,
  schema: { type },
});

export const path = (name: string): Json => ({ name, in: 'path', required: true, schema: { type: 'string' } });

export const onceOnly = parameter('Idempotency-Key', 'The same key with the same body is carried out once.', {
  where: 'header',
});

export const ifMatch = parameter('If-Match', 'The ETag on which the change insists.', { where: 'header' });

export const base = parameter('base', 'The version that the author saw: fields that others changed since are merged.', {
  type: 'integer',
});

export const questions: readonly Json[] = [
  parameter('where', 'A filter as JSON.'),
  parameter('search', 'Words that must all be found.'),
  parameter('sort', 'Fields, separated by commas; `-` before one for descending.'),
  parameter('limit', '1 to 200; 50 unless told.', { type: 'integer' }),
  parameter('after', 'The `next` of the page before.'),
  parameter('include', 'Links whose records come along.'),
  parameter('fields', 'Only these fields.'),
  parameter('count', '`exact` for the number of all that match.'),
  parameter('deleted', '`only`: the recycle bin.'),
  parameter('archived', '`only` or `with`.'),
];
