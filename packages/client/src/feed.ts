import { CrmError, isCrmError } from '@tessera-crm/model/errors.js';
import type { ChangeEvent, eventNames } from '@tessera-crm/model/protocol/events.js';
import type { FeedEvent, FollowOptions } from '@tessera-crm/model/sync-door.js';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { readAnswer } from './refusal.ts';
import { backOff } from './back-off.ts';
import type { Transport } from './transport.ts';

/** The names again, because the messages' schemas would bring zod along. */
const names = { change: 'change', rights: 'rights', reset: 'reset', bye: 'bye' } satisfies typeof eventNames;

/** Milliseconds of silence after which a stream counts as dead: servers say something every 20 s. */
const longestSilence = 45_000;

/** Changes as they are committed, for ever: reconnects after failures, later and later, and goes on where it was. */
export async function* readFeed(transport: Transport, options: FollowOptions): AsyncGenerator<FeedEvent> {
  const { signal, modules } = options;
  let at = options.cursor;
  let failures = 0;
  while (!signal.aborted) {
    try {
      for await (const event of stream(transport, { cursor: at, modules, signal })) {
        failures = 0;
        if ('seq' in event) at = event.seq;
        if (event.type === 'reset') at = undefined;
        yield event;
      }
    } catch (cause) {
      if (signal.aborted) return;
      failures++;
      yield {
        type: 'lost',
        error: isCrmError(cause) ? cause : new CrmError('network', 'The stream broke.', {}, cause),
      };
    }
    await pause(backOff(failures), signal);
  }
}

async function* stream(transport: Transport, { cursor, modules, signal }: FollowOptions): AsyncGenerator<FeedEvent> {
  const silence = new AbortController();
  const both = AbortSignal.any([signal, silence.signal]);
  let timer = setTimeout(() => silence.abort(), longestSilence);
  try {
    const body = await open(transport, feedAddress(cursor, modules), both);
    yield { type: 'open', cursor };
    const heard = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), longestSilence);
    };
    for await (const event of events(body, both, heard)) {
      if (event.event === names.bye) return;
      if (event.event === names.reset) yield { type: 'reset' };
      if (event.event === undefined && event.id) yield { type: 'at', seq: Number(event.id) };
      if (event.event === names.rights)
        yield { type: 'rights', ...(JSON.parse(event.data) as { readonly aclSeq: number }) };
      if (event.event === names.change) yield { type: 'change', ...readChange(event.data) };
    }
    if (silence.signal.aborted) throw new CrmError('timeout', 'The stream fell silent.');
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
}

export const feedAddress = (cursor: number | undefined, modules: readonly string[] | undefined): string => {
  const parameters = [
    ...(cursor === undefined ? [] : [`cursor=${cursor}`]),
    ...(modules ? [`modules=${modules.map(encodeURIComponent).join()}`] : []),
  ];
  return `sync/feed${parameters.length > 0 ? '?' : ''}${parameters.join('&')}`;
};

const open = async (
  transport: Transport,
  address: string,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> => {
  const token = await transport.tokens.get(signal);
  const headers = { accept: 'text/event-stream', authorization: `Bearer ${token}` };
  const response = await transport.fetch(`${transport.url}${address}`, { headers, signal });
  const { status, body } = response;
  if (status === 401) transport.tokens.reject(token);
  else transport.tokens.accept(token);
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
  if (response.ok && isStream && body) return body;
  if (!response.ok)
    readAnswer({ status, text: await response.text(), retryAfter: response.headers.get('retry-after') ?? '' });
  throw new CrmError('unavailable', 'There is no stream of events here.', { status });
};

async function* events(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  heard: () => void,
): AsyncGenerator<EventSourceMessage> {
  const complete: EventSourceMessage[] = [];
  const parser = createParser({
    onEvent: (event) => {
      // its number is told with the change: told before it, whoever breaks off between them would miss it
      if (event.event === names.change && complete.at(-1)?.event === undefined) complete.pop();
      complete.push(event);
    },
    // also of events without data, which the parser does not tell of otherwise
    onId: (id) => complete.push({ id, event: undefined, data: '' }),
  });
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const cancel = (): void => void reader.cancel().catch(() => {});
  // a page's fetch may have forgotten the signal
  signal.addEventListener('abort', cancel);
  try {
    while (!signal.aborted) {
      const { done, value } = await reader.read();
      if (done) return;
      heard();
      parser.feed(decoder.decode(value, { stream: true }));
      yield* complete.splice(0);
    }
  } finally {
    signal.removeEventListener('abort', cancel);
    cancel();
  }
}

const readChange = (data: string): ChangeEvent => {
  const event = JSON.parse(data) as ChangeEvent;
  if (typeof event.seq === 'number' && Array.isArray(event.changes)) return event;
  throw new CrmError('schema-mismatch', 'An event is not of this protocol.');
};

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
