import { Duplex } from 'node:stream';
import type { PGlite } from '@electric-sql/pglite';

interface Chunk {
  readonly chunk: Buffer;
}

/**
 * PGlite in the place of a socket: what the driver writes goes to the engine, its answer comes back. So both engines
 * share one driver, prepared statements included, and a statement is one call into WebAssembly instead of five.
 */
export class PGliteStream extends Duplex {
  readonly #engine: PGlite;

  constructor(engine: PGlite) {
    super();
    this.#engine = engine;
  }

  /** What the driver calls to reach a server. */
  connect(): this {
    queueMicrotask(() => this.emit('connect'));
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    void this.#exchange(chunk, done);
  }

  override _writev(chunks: readonly Chunk[], done: (error?: Error) => void): void {
    void this.#exchange(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
  }

  async #exchange(message: Buffer, done: (error?: Error) => void): Promise<void> {
    try {
      const answer = await this.#engine.execProtocolRaw(message);
      if (answer.length > 0) this.push(Buffer.from(answer));
    } catch (error) {
      return done(error as Error);
    }
    done();
  }

  override _final(done: () => void): void {
    this.push(null);
    done();
  }
}
