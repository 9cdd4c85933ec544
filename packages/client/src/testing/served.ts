import { RemoteStore } from '../remote-store.ts';
import type { ConnectionOptions } from '../transport.ts';
import { MemoryServer } from './memory-server.ts';

/** The part of a Node server that is needed here. */
interface Listening {
  once(event: 'listening', then: () => void): unknown;
  address(): unknown;
  close(then: () => void): unknown;
}

/** `serve` of `@hono/node-server`, given by tests so that nothing here depends on Node. */
type Serve = (options: { readonly fetch: never; readonly port: number; readonly hostname: string }) => Listening;

export interface Served {
  readonly server: MemoryServer;
  readonly url: string;
  readonly store: RemoteStore;
  close(): Promise<void>;
}

/** A memory server that listens on a free port, and a store that asks it. Waits between repetitions are short. */
export const served = async (serve: Serve, options: Partial<ConnectionOptions> = {}): Promise<Served> => {
  const server = new MemoryServer();
  const http = serve({ fetch: server.fetch as never, port: 0, hostname: '127.0.0.1' });
  await new Promise<void>((resolve) => http.once('listening', resolve));
  const url = `http://127.0.0.1:${(http.address() as { readonly port: number }).port}`;
  const store = new RemoteStore({ url, token: 'key', retry: { delay: () => 1 }, ...options });
  const close = async (): Promise<void> => {
    store.close();
    server.feed.end();
    (http as unknown as { closeAllConnections(): void }).closeAllConnections();
    await new Promise<void>((resolve) => http.close(resolve));
  };
  return { server, url, store, close };
};
