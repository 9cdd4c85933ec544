import { CrmError } from '@tessera-crm/model/errors.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { metaMessage, type Meta } from '@tessera-crm/model/protocol/meta.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import { partialRecordSchema, recordSchema, toIssues } from '@tessera-crm/model/schema.js';

const checked = (schema: ReturnType<typeof recordSchema>, content: unknown, what: string): unknown => {
  const { success, data, error } = schema.safeParse(content);
  if (success) return data;
  throw new CrmError('schema-mismatch', `The server's ${what} does not fit the model.`, { issues: toIssues(error) });
};

/**
 * A record held against its module's schema; keys that the schema does not know are dropped.
 *
 * @param isPartial - Only some fields were asked for.
 * @throws {CrmError} `schema-mismatch` with all issues.
 */
export const checkRecord = (registry: Registry, module: string, record: AnyRecord, isPartial: boolean): AnyRecord => {
  const definition = registry.find(module);
  if (!definition) return record;
  const schema = isPartial ? partialRecordSchema(definition) : recordSchema(definition);
  return checked(schema, record, `record of "${module}"`) as AnyRecord;
};

/** @throws {CrmError} `schema-mismatch` */
export const checkMeta = (content: unknown): Meta => checked(metaMessage, content, 'metadata') as Meta;
