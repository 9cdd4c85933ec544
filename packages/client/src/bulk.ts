import { CrmError } from '@tessera-crm/model/errors.js';
import type { SyncBulk, SyncPage } from '@tessera-crm/model/protocol/sync/messages.js';
import { misshapen, readPage } from './envelopes.ts';
import { readLines } from './line-stream.ts';
import { stamped } from './stamped.ts';
import type { Transport } from './transport.ts';

/**
 * All records that fit a filter, page by page, over as many answers as the server makes of them: one that ends before
 * the last page is followed by another that goes on there.
 *
 * @throws {CrmError} The server's refusal · `network` when an answer breaks off, or brings nothing · as all questions
 */
export async function* readBulk(
  transport: Transport,
  { after, ...asked }: SyncBulk,
  signal: AbortSignal | undefined,
): AsyncGenerator<SyncPage> {
  for (let from: string | null | undefined = after; from !== null;) {
    const begun: string | undefined = from;
    const body = { ...asked, ...(from !== undefined && { after: from }) };
    for await (const line of readLines(transport, { path: 'sync/bulk', body, signal })) {
      const page = readLine(line);
      yield page;
      from = page.next;
      if (from !== null && signal?.aborted) throw new CrmError('aborted', 'The caller gave up.', {}, signal.reason);
    }
    if (from === begun) throw new CrmError('network', 'The answer broke off before its first page.');
  }
}

const readLine = (line: string): SyncPage => {
  const page = readPage(parsed(line));
  if (page.next !== null && typeof page.next !== 'string') throw misshapen('next');
  return stamped(page) as SyncPage;
};

/** Half a line is all that one sees of a connection that was cut behind a proxy. */
const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new CrmError('network', 'The answer broke off.', {}, cause);
  }
};
