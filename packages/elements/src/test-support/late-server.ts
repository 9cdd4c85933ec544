import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { MemoryServer } from '@tessera-crm/client/testing/memory-server.js';
import { company, giulia } from './people.ts';

/** One request as the page's `fetch` saw it. */
interface Seen {
  readonly url: string;
  readonly token: string | undefined;
  readonly signal: AbortSignal | undefined;
}

/** A server, with Giulia from now on, behind a page's own `fetch`, whose answers a test can hold back. */
export const lateServer = (server: MemoryServer) => {
  server.memory.fill('contacts', [giulia as unknown as AnyRecord]).fill('accounts', [company as unknown as AnyRecord]);
  const seen: Seen[] = [];
  let held: Promise<void> | undefined;
  return {
    server,
    seen,
    /** Answers wait from now on. @returns How to let them go. */
    hold(): () => void {
      let release = (): void => {};
      held = new Promise<void>((resolve) => (release = resolve));
      return () => {
        held = undefined;
        release();
      };
    },
    fetch: async (url: string, init: RequestInit): Promise<Response> => {
      const token = new Headers(init.headers).get('authorization')?.replace('Bearer ', '');
      seen.push({ url, token, signal: init.signal ?? undefined });
      // Without the signal: a page's fetch may have forgotten it, and then the answer still comes
      const answer = await server.fetch(new Request(url, { ...init, signal: null }));
      await held;
      return answer;
    },
  };
};

export type LateServer = ReturnType<typeof lateServer>;
