import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { KnownCall } from '../call.ts';

/** As many ids as one page holds. */
const atOnce = 200;

/**
 * The records of those ids that the caller may see, by id.
 *
 * @param fields - All of what one may see unless told; none for ids and versions.
 */
export const namedRecords = async (
  { store, policy, registry }: KnownCall,
  module: string,
  { ids, fields }: { readonly ids: readonly string[]; readonly fields?: readonly string[] },
): Promise<ReadonlyMap<string, AnyRecord>> => {
  const found = new Map<string, AnyRecord>();
  const definition = registry.find(module);
  if (!definition || (policy && !policy(definition)?.may('read'))) return found;
  for (let start = 0; start < ids.length; start += atOnce) {
    const where = { id: { in: ids.slice(start, start + atOnce) } };
    const { records } = await store.list(module, { where, limit: atOnce, archived: 'with', ...(fields && { fields }) });
    for (const record of records) found.set(record.id, record);
  }
  return found;
};
