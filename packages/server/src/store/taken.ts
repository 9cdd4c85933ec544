import { CrmError } from '@tessera-crm/model/errors.js';
import type { Module } from '@tessera-crm/model/module.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import { uniqueFields } from '../sql/tables.ts';

/**
 * A value that another record took in the meantime, in the words in which the rules say the same: the database has the
 * last word when two come at once.
 */
export const takenError = (error: unknown, registry: Registry): unknown => {
  if (!(error instanceof CrmError) || error.facts['sqlState'] !== '23505') return error;
  const constraint = String(error.facts['constraint']);
  for (const module of registry.all) {
    const fields = uniqueFields(module, constraint);
    if (fields) return fields[0] === 'id' ? idTaken(error) : fieldsTaken(module, fields, error);
  }
  return error;
};

const idTaken = (cause: CrmError): CrmError =>
  new CrmError(
    'conflict',
    'A record with this id exists already.',
    { sqlState: '23505', issues: [{ path: '/id', code: 'taken' }] },
    cause,
  );

const fieldsTaken = (module: Module, fields: readonly string[], cause: CrmError): CrmError =>
  new CrmError(
    'validation',
    `${fields.join(', ')}: taken`,
    { sqlState: '23505', module: module.key, issues: [{ path: `/${fields[0]}`, code: 'taken', params: { fields } }] },
    cause,
  );

/** Whether the database found a value taken. */
export const isTaken = (error: unknown): boolean => error instanceof CrmError && error.facts['sqlState'] === '23505';
