import { once } from 'node:events';
import { Served, type Environment } from '../../packages/server/src/testing/served.ts';

/** A server in a process of its own, which is killed, paused and started again. */
export class ServerProcess {
  readonly name: string;
  readonly #environment: Environment;
  readonly #note: (text: string) => void;
  #served: Served | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  /** What it printed when it first started. */
  greeting = '';

  /** @param note - Told when the process ends though nobody ended it, and why. */
  // oxlint-disable-next-line max-params
  constructor(name: string, environment: Environment, note: (text: string) => void) {
    this.name = name;
    this.#environment = environment;
    this.#note = note;
  }

  /** Undefined while it is down. */
  get port(): number | undefined {
    return this.#served && Number(new URL(this.#served.address).port);
  }

  get address(): string | undefined {
    return this.#served?.address;
  }

  /** Resolves when it answers; where it does not start, because its database is away, it is started again. */
  start(): Promise<void> {
    return this.#inTurn(async () => {
      for (let tries = 0; !this.#served; tries++)
        await this.#start().catch((cause: unknown) => {
          if (tries === 5) throw cause;
        });
    });
  }

  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    return this.#inTurn(async () => {
      const served = this.#served;
      this.#served = undefined;
      await served?.stop(signal);
    });
  }

  /** It does nothing for a while, and knows nothing of that. */
  pause(milliseconds: number): Promise<void> {
    return this.#inTurn(async () => {
      this.#served?.child.kill('SIGSTOP');
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      this.#served?.child.kill('SIGCONT');
    });
  }

  async #start(): Promise<void> {
    const served = await Served.start([], this.#environment);
    let said = '';
    served.child.stderr!.on('data', (text: string) => (said = (said + text).slice(-4_000)));
    const end = (): void => void served.child.kill('SIGKILL');
    process.on('exit', end);
    void once(served.child, 'exit').then(() => {
      process.off('exit', end);
      if (this.#served !== served) return;
      this.#served = undefined;
      this.#note(`${this.name} ended by itself: ${said}`);
    });
    this.greeting ||= served.greeting;
    this.#served = served;
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => {});
    return turn;
  }
}
