import type { Module } from '@tessera-crm/model/module.js';
import { sql } from 'kysely';
import type { Statement } from '../database/database.ts';
import { house } from './compiler.ts';
import { select, shapeOf, type Selection } from './shape.ts';

export interface Parts {
  readonly module: Module;
  readonly fields: readonly string[];
}

/** Some fields of records as they are, deleted ones included. */
export const partsOf = (
  { module, fields }: Parts,
  ids: readonly string[],
  tenant: string,
): { readonly statement: Statement; readonly selection: Selection } => {
  const { view, fields: shapes } = shapeOf(module);
  const selection = select(fields.map((field) => shapes.get(field)!));
  const statement = sql`select ${sql.raw(selection.columns)} from ${sql.raw(view)} where tenant_id = ${tenant} and id = any(${ids}::uuid[])`;
  return { statement: statement.compile(house), selection };
};

export interface Since {
  readonly id: string;
  /** The first version of interest. */
  readonly version: number;
}

/** What changed of some fields of records from a version on, the latest first: id, version, and a pair for each field. */
export const partsChanged = ({ module, fields }: Parts, since: readonly Since[], tenant: string): Statement =>
  sql`select record_id, c.version, ${sql.join(fields.map((field) => sql`diff->${field}::text`))}
    from v_changes as c, json_to_recordset(${JSON.stringify(since)}::json) as x(id uuid, version integer)
    where tenant_id = ${tenant} and module = ${module.key} and record_id = x.id and c.version >= x.version
    order by c.version desc`.compile(house);
