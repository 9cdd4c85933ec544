import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Random } from '@tessera-crm/model/random.js';

/**
 * What becomes of a request: it passes · it never leaves (`refused`) · it is carried out, and the answer never arrives
 * (`lost`) · the answer breaks off (`torn`) · it takes its time to get there (`late`), or the answer does (`slow`).
 */
const fates = ['refused', 'lost', 'lost', 'torn', 'late', 'slow'] as const;

type Fate = 'passes' | (typeof fates)[number];

export interface WireOptions {
  /** Whose it is. */
  readonly name: string;
  readonly random: Random;
  /** The port of a server that is up, another one each time it likes; undefined when none is. */
  readonly port: () => number | undefined;
  /** Told of everything but `passes`. */
  readonly note: (fate: Fate) => void;
}

/** The network between a device and the servers: a port of its own, behind which connections break. */
export class Wire {
  /** The share of requests to which something happens. */
  roughness = 0;
  readonly #options: WireOptions;
  readonly #server: Server;
  readonly #connections = new Set<Connection>();
  #isUp = true;

  private constructor(options: WireOptions) {
    this.#options = options;
    this.#server = createServer((client) => this.#accept(client));
  }

  static async lay(options: WireOptions): Promise<Wire> {
    const wire = new Wire(options);
    await new Promise<void>((resolve) => wire.#server.listen(0, '127.0.0.1', resolve));
    return wire;
  }

  get name(): string {
    return this.#options.name;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** While it is down, nothing gets through, and what was under way broke off. */
  set isUp(isUp: boolean) {
    this.#isUp = isUp;
    if (!isUp) this.#breakAll();
  }

  async cut(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#breakAll();
    await closed;
  }

  #breakAll(): void {
    for (const connection of this.#connections) connection.break();
  }

  #accept(client: Socket): void {
    const port = this.#isUp ? this.#options.port() : undefined;
    if (port === undefined) {
      client.on('error', ignored).resetAndDestroy();
      return;
    }
    const connection = new Connection(client, connect(port, '127.0.0.1'), {
      random: this.#options.random,
      fate: () => this.#fate(),
      closed: () => this.#connections.delete(connection),
    });
    this.#connections.add(connection);
  }

  #fate(): Fate {
    const { random, note } = this.#options;
    if (!random.chance(this.roughness)) return 'passes';
    const fate = random.pick(fates);
    note(fate);
    return fate;
  }
}

interface ConnectionOptions {
  readonly random: Random;
  readonly fate: () => Fate;
  readonly closed: () => void;
}

/** One connection, with one request after the other: what comes from the client after an answer began is another one. */
class Connection {
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #options: ConnectionOptions;
  #fate: Fate = 'passes';
  #isAsking = false;
  /** Bytes that still pass of an answer that is torn. */
  #left = 0;
  #there: Promise<unknown> = Promise.resolve();
  #back: Promise<unknown> = Promise.resolve();

  // oxlint-disable-next-line max-params
  constructor(client: Socket, server: Socket, options: ConnectionOptions) {
    this.#client = client;
    this.#server = server;
    this.#options = options;
    client.on('data', (part: Buffer) => this.#ask(part));
    server.on('data', (part: Buffer) => this.#answer(part));
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', ignored);
      socket.on('close', () => this.break());
    }
  }

  /** As by somebody who pulls the plug: a reset, and not a goodbye. */
  break(): void {
    this.#options.closed();
    for (const socket of [this.#client, this.#server]) if (!socket.destroyed) socket.resetAndDestroy();
  }

  #ask(part: Buffer): void {
    const { random, fate } = this.#options;
    if (!this.#isAsking) {
      this.#isAsking = true;
      this.#fate = fate();
      this.#left = random.integer(1, 2_000);
      if (this.#fate === 'late') this.#there = this.#there.then(() => pause(random.integer(30, 900)));
    }
    if (this.#fate === 'refused') return this.break();
    this.#there = this.#there.then(() => this.#server.write(part));
  }

  #answer(part: Buffer): void {
    const { random } = this.#options;
    this.#isAsking = false;
    if (this.#fate === 'lost') return this.break();
    if (this.#fate === 'torn' && (this.#left -= part.length) < 0) {
      this.#client.write(part.subarray(0, this.#left), () => this.break());
      return;
    }
    if (this.#fate !== 'slow') return void (this.#back = this.#back.then(() => this.#client.write(part)));
    for (const piece of inPieces(part, random.integer(2, 4)))
      this.#back = this.#back.then(() => pause(random.integer(10, 250))).then(() => this.#client.write(piece));
  }
}

const inPieces = (part: Buffer, count: number): readonly Buffer[] => {
  const size = Math.ceil(part.length / count);
  return Array.from({ length: Math.ceil(part.length / size) }, (_, n) => part.subarray(n * size, (n + 1) * size));
};

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

const ignored = (): void => {};
