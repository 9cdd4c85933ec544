import { isCrmError, type CrmError } from '@tessera-crm/model/errors.js';
import type { Transport } from '@tessera-crm/client/transport.js';
import type { ConnectionContext } from './connection.ts';
import { finding, type Finding } from './finding.ts';

export interface Reach {
  /** Whether a Tessera server answered just now; null when nobody was asked. */
  readonly isReached: boolean | null;
  /** How long it took. */
  readonly milliseconds: number | null;
  /** Seconds by which the server's clock is ahead of this device's; null when it did not say. */
  readonly clockSkew: number | null;
  readonly findings: readonly Finding[];
}

/** Seconds that an examination waits for anything. */
const patience = 5;

/** Seconds. */
const harmlessSkew = 60;

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly date: string;
  readonly text: string;
  /** By the monotonic clock. */
  readonly milliseconds: number;
  /** Of this device, in the middle of the question. */
  readonly at: number;
}

/** Asks for a token and with it for what every server tells, once, and says what came of it. */
export const examineReach = async (
  transport: Transport,
  context: ConnectionContext,
  trouble: CrmError | null,
): Promise<Reach> => {
  const none = { isReached: false, milliseconds: null, clockSkew: null };
  const token = await transport.tokens.get(AbortSignal.timeout(patience * 1000)).catch((error: CrmError) => error);
  const about = typeof token === 'string' ? [] : [tokenFinding(context, trouble ?? token)];
  const answer = await ask(transport, typeof token === 'string' ? token : null).catch(() => null);
  if (!answer) return { ...none, findings: [...about, ...(await networkFindings(transport))] };
  const read = readAnswer(answer, transport, typeof token === 'string');
  return { ...read, milliseconds: Math.round(answer.milliseconds), findings: [...about, ...read.findings] };
};

const tokenFinding = ({ name, getToken }: ConnectionContext, { code, message, cause }: CrmError): Finding => {
  if (!getToken) return finding('token-missing', name);
  if (code === 'auth-required') return finding('token-nobody', name);
  if (code === 'token-rejected') return finding('token-rejected', name, message);
  if (code === 'timeout' || code === 'aborted') return finding('token-slow', name);
  // The name only: the message may hold what the page's server said
  const why = cause instanceof Error ? ` (${cause.name})` : '';
  return finding('token-failed', name, `${message.replace(/\.$/, '')}${why}`);
};

const ask = async ({ url, fetch }: Transport, token: string | null): Promise<Answer> => {
  const start = performance.now();
  const startedAt = Date.now();
  const response = await fetch(`${url}meta`, {
    headers: { accept: 'application/json', ...(token !== null && { authorization: `Bearer ${token}` }) },
    signal: AbortSignal.timeout(patience * 1000),
  });
  const milliseconds = performance.now() - start;
  const { status, headers } = response;
  const header = (name: string): string => headers.get(name) ?? '';
  const at = startedAt + milliseconds / 2;
  return { status, type: header('content-type'), date: header('date'), text: await response.text(), milliseconds, at };
};

const readAnswer = (answer: Answer, { url }: Transport, hadToken: boolean): Omit<Reach, 'milliseconds'> => {
  const { status } = answer;
  const content = parsed(answer.text);
  const clockSkew = skewOf(answer, content['now']);
  const about = (...findings: readonly Finding[]) => ({ isReached: true, clockSkew, findings });
  if (typeof content['protocol'] === 'number') return about(...skewFindings(clockSkew, url));
  const code = content['code'];
  if (typeof code !== 'string') {
    if (status >= 500) return { ...about(finding('server-error', url, `status ${status}`)), isReached: false };
    const what = `status ${status}, ${answer.type || 'no content type'}`;
    return { isReached: false, clockSkew: null, findings: [finding('wrong-address', url, what)] };
  }
  const detail = [code, content['title'], content['detail'], content['requestId']].filter(Boolean).join(', ');
  if (status === 401) return about(...(hadToken ? [finding('token-rejected', url, detail)] : []));
  return about(finding(status >= 500 ? 'server-error' : 'server-refuses', url, detail));
};

const parsed = (text: string): Readonly<Record<string, unknown>> => {
  try {
    return Object(JSON.parse(text)) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
};

/** @param now - What the server says in its answer; the header `Date` is hidden from pages of other origins. */
const skewOf = ({ date, at }: Answer, now: unknown): number | null => {
  const there = Date.parse(typeof now === 'string' ? now : date);
  return Number.isNaN(there) ? null : Math.round((there - at) / 1000);
};

const skewFindings = (skew: number | null, url: string): readonly Finding[] => {
  if (skew === null || Math.abs(skew) <= harmlessSkew) return [];
  const minutes = Math.round(Math.abs(skew) / 60);
  return [finding('clock-skew', url, `${minutes} minutes ${skew > 0 ? 'slower' : 'faster'}`)];
};

/** Why no answer came. What a policy forbade, the violations say. */
const networkFindings = async ({ url, fetch }: Transport): Promise<readonly Finding[]> => {
  const { href, protocol, origin, hostname } = new URL(url, document.baseURI);
  if (!navigator.onLine) return [finding('browser-offline', href)];
  const isLocal = hostname === 'localhost' || hostname === '127.0.0.1';
  if (location.protocol === 'https:' && protocol === 'http:' && !isLocal) return [finding('mixed-content', href)];
  const probe = { mode: 'no-cors', credentials: 'omit', cache: 'no-store' } as const;
  try {
    // Its answer cannot be read, but that there is one tells a server that is there from one that is not
    await fetch(`${url}meta`, { ...probe, signal: AbortSignal.timeout(patience * 1000) });
    return origin === location.origin
      ? [finding('server-error', href, 'it breaks off its answers')]
      : [finding('cors-blocked', href, location.origin)];
  } catch (error) {
    const isSlow = (error as Error | null)?.name === 'TimeoutError' || isCrmError(error, 'timeout');
    return [isSlow ? finding('server-slow', href, String(patience)) : finding('server-down', href)];
  }
};
