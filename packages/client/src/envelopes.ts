import { CrmError } from '@tessera-crm/model/errors.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { Group, Page } from '@tessera-crm/model/query/query.js';

/** Records by module and id. */
export type Included = Readonly<Record<string, Readonly<Record<string, AnyRecord>>>>;

/** @throws {CrmError} `schema-mismatch` when it has no id. */
export const readRecord = (content: unknown): AnyRecord => {
  if (!isRecord(content)) throw misshapen('record');
  return content;
};

/** @throws {CrmError} `schema-mismatch` unless it is a list of records. */
export const readPage = (content: unknown): Page<AnyRecord, Included> => {
  if (!listIn(content, 'records').every(isRecord)) throw misshapen('page');
  return content as Page<AnyRecord, Included>;
};

export const readGroups = (content: unknown): readonly Group[] => listIn(content, 'groups') as readonly Group[];

/** @throws {CrmError} `schema-mismatch` unless there is a list of that name. */
export const listIn = (content: unknown, name: string): readonly unknown[] => {
  const list = (content as Readonly<Record<string, unknown>> | null)?.[name];
  if (!Array.isArray(list)) throw misshapen(name);
  return list;
};

const isRecord = (content: unknown): content is AnyRecord => typeof (content as AnyRecord | null)?.id === 'string';

/** The answer does not have the shape that the protocol says. */
export const misshapen = (what: string): CrmError => new CrmError('schema-mismatch', `Not a valid answer: ${what}`);
