import type { BulkOptions, SyncDoor } from '../../sync-door.ts';
import { untilAborted } from '../../until-aborted.ts';
import type { Query } from '../../query/query.ts';
import type { SyncPage } from './messages.ts';

/** As many records as a list gives at once. */
const limit = 200;

/** A bulk read where there are lists only: each page is asked for when it is wanted, and has the numbers of its list. */
export async function* bulkByPages(
  door: Pick<SyncDoor, 'query'>,
  module: string,
  { where }: Pick<Query, 'where'>,
  { after, signal }: BulkOptions = {},
): AsyncGenerator<SyncPage> {
  for (let from: string | null | undefined = after; from !== null;) {
    const query = { ...(where && { where }), ...(from !== undefined && { after: from }), limit };
    const page: SyncPage = await untilAborted(door.query(module, query, signal && { signal }), signal);
    yield page;
    from = page.next;
  }
}
