import type { Database } from '../database/database.ts';
import { forgetDeleted, horizonOf, numbersAfter } from '../sql/forgetting.ts';

/** Numbers looked at in one statement. */
const atOnce = 1_000;

/**
 * Forgets the deleted records of a tenant: all that happened to those which were deleted before an instant and not
 * restored since. What is there keeps its whole past. Whoever followed the changes no further than that begins anew.
 *
 * @param before - RFC 3339, UTC.
 */
export const forgetChanges = async (database: Database, tenant: string, before: string): Promise<void> => {
  const [known] = (await database.admin(horizonOf(tenant))).rows;
  let from = (known?.[0] as number | undefined) ?? 0;
  for (let isDone = false; !isDone;) {
    const { rows } = await database.admin(numbersAfter(tenant, from, { since: before, limit: atOnce }));
    const young = rows.findIndex(([, isYoung]) => isYoung === true);
    const to = (young < 0 ? rows : rows.slice(0, young)).at(-1)?.[0] as number | undefined;
    if (to !== undefined) {
      await database.admin(forgetDeleted(tenant, { from, to }));
      from = to;
    }
    isDone = young >= 0 || rows.length < atOnce;
  }
};
