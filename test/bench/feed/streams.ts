import { Agent, get, type IncomingMessage } from 'node:http';

/** Many readers of the feed, and how far each of them has heard. */
export class Streams {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  readonly #heard: number[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #open: IncomingMessage[] = [];

  async open(url: string, token: string): Promise<void> {
    const index = this.#heard.push(0) - 1;
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get(
        `${url}/v1/sync/feed`,
        { agent: this.#agent, headers: { authorization: `Bearer ${token}`, 'accept-encoding': 'gzip' } },
        resolve,
      ).on('error', reject);
    });
    if (response.statusCode !== 200) throw new Error(`A stream was answered with ${response.statusCode}.`);
    this.#open.push(response);
    response.setEncoding('utf8').on('data', (text: string) => {
      const seq = Number([...text.matchAll(/^id: (\d+)$/gm)].at(-1)?.[1] ?? 0);
      if (seq <= this.#heard[index]!) return;
      this.#heard[index] = seq;
      for (const look of this.#waiting) look();
    });
    response.on('error', () => undefined);
  }

  /** Waits until every reader has heard of a number. @returns The moment of the last one. */
  async untilAll(seq: number): Promise<number> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!this.#heard.every((heard) => heard >= seq)) return;
        this.#waiting.delete(look);
        resolve(performance.now());
      };
      this.#waiting.add(look);
      look();
    });
  }

  close(): void {
    for (const response of this.#open) response.destroy();
    this.#agent.destroy();
  }
}
