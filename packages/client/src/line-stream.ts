import { CrmError, isCrmError } from '@tessera-crm/model/errors.js';
import { misshapen } from './envelopes.ts';
import type { Answered, Ask, Transport } from './transport.ts';

/** What is asked for in lines: always by a POST. */
export interface LinesAsked extends Pick<Ask, 'body' | 'signal'> {
  readonly path: string;
}

const type = 'application/x-ndjson';

/**
 * The lines of an answer, read no faster than they are taken. Until the answer begins, it is asked for like everything
 * else, with other tokens and again; what breaks off after that is the caller's business.
 *
 * @throws {CrmError} As `Transport.ask` · `network` and `timeout` also between two lines
 */
export async function* readLines(transport: Transport, { path, body, signal }: LinesAsked): AsyncGenerator<string> {
  const given = AbortSignal.any([transport.closed, signal ?? transport.closed]);
  let stream: ReadableStream<Uint8Array> | null = null;
  const read = async (response: Answered): Promise<string> => {
    const text = async (): Promise<string> => response.text();
    if (!response.ok || !response.headers.get('content-type')?.startsWith(type)) return text();
    // a look-alike of `fetch` may have the whole text only
    stream = response.body ?? new Response(await text()).body;
    return '';
  };
  await transport.ask(path, { body, signal: given, headers: { accept: type }, read });
  if (!stream) throw misshapen('lines');
  let begun = '';
  for await (const chunk of chunksOf(stream, given, transport.timeout)) {
    const [end = '', ...more] = chunk.split('\n');
    begun += end;
    for (const next of more) {
      yield begun;
      begun = next;
    }
  }
  if (begun !== '') yield begun;
}

/** @param timeout - Milliseconds that may pass between two chunks. */
async function* chunksOf(
  stream: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  timeout: number,
): AsyncGenerator<string> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let isLate = false;
  const cancel = (): void => void reader.cancel().catch(() => {});
  const giveUp = (): void => {
    isLate = true;
    cancel();
  };
  // a page's fetch may have forgotten the signal
  signal.addEventListener('abort', cancel);
  try {
    for (;;) {
      const timer = setTimeout(giveUp, timeout);
      const { done, value } = await reader.read().finally(() => clearTimeout(timer));
      if (signal.aborted) throw new CrmError('aborted', 'The caller gave up.', {}, signal.reason);
      if (isLate) throw new CrmError('timeout', 'No answer in time');
      if (done) return;
      yield decoder.decode(value, { stream: true });
    }
  } catch (cause) {
    throw isCrmError(cause) ? cause : broken(cause, signal);
  } finally {
    signal.removeEventListener('abort', cancel);
    cancel();
  }
}

const broken = (cause: unknown, { aborted, reason }: AbortSignal): CrmError =>
  aborted
    ? new CrmError('aborted', 'The caller gave up.', {}, reason)
    : new CrmError('network', 'The answer broke off.', {}, cause);
