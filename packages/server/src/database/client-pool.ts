import type { Client } from 'pg';
import { CrmError } from '@tessera-crm/model/errors.js';

export interface Member {
  readonly client: Client;
  /** To whom the session is bound; null while it is bound to none. */
  tenant: string | null;
  /** Whether the session acts as the role of the application, which it must before it may do any work. */
  guarded: boolean;
}

export interface PoolOptions {
  /** Makes a connection. */
  readonly open: () => Promise<Client>;
  /** Connections at most. */
  readonly max: number;
  /** Milliseconds to wait for a free one. */
  readonly patience: number;
}

interface Waiting {
  readonly take: (member: Member) => void;
  readonly refuse: (error: unknown) => void;
  readonly timer: NodeJS.Timeout;
}

/** Connections that are used by one piece of work at a time, preferring one that is bound to the right tenant already. */
export class ClientPool {
  readonly #options: PoolOptions;
  readonly #members = new Set<Member>();
  #idle: Member[] = [];
  #waiting: Waiting[] = [];
  #opening = 0;
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  async acquire(tenant: string | null): Promise<Member> {
    if (this.#closed) throw new CrmError('unavailable', 'The database is closed.');
    const found = this.#idle.findLastIndex((member) => member.tenant === tenant);
    const idle = this.#idle.splice(found, 1)[0];
    if (idle) return idle;
    return this.#members.size + this.#opening < this.#options.max ? this.#open() : this.#wait();
  }

  /** @param broken - Whether the connection is of no more use. */
  release(member: Member, broken = false): void {
    if (broken || this.#closed) {
      void this.#discard(member);
      if (!this.#closed) this.#replace();
      return;
    }
    const next = this.#waiting.shift();
    if (!next) return void this.#idle.push(member);
    clearTimeout(next.timer);
    next.take(member);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { refuse, timer } of this.#waiting.splice(0)) {
      clearTimeout(timer);
      refuse(new CrmError('unavailable', 'The database is closed.'));
    }
    await Promise.all(this.#idle.splice(0).map((member) => this.#discard(member)));
  }

  async #open(): Promise<Member> {
    this.#opening++;
    try {
      const member: Member = { client: await this.#options.open(), tenant: null, guarded: false };
      this.#members.add(member);
      member.client.on('error', () => this.#lose(member));
      return member;
    } finally {
      this.#opening--;
    }
  }

  /** A connection that fails while nobody uses it; those in use find out by themselves. */
  #lose(member: Member): void {
    if (this.#idle.includes(member)) void this.#discard(member);
  }

  #discard(member: Member): Promise<void> {
    this.#members.delete(member);
    this.#idle = this.#idle.filter((other) => other !== member);
    return member.client.end().catch(() => undefined);
  }

  /** Somebody may be waiting for the connection that was lost. */
  #replace(): void {
    if (this.#waiting.length === 0) return;
    this.#open().then(
      (member) => this.release(member),
      (error: unknown) => {
        const next = this.#waiting.shift();
        if (!next) return;
        clearTimeout(next.timer);
        next.refuse(error);
      },
    );
  }

  #wait(): Promise<Member> {
    return new Promise((take, refuse) => {
      const timer = setTimeout(() => {
        this.#waiting = this.#waiting.filter((waiting) => waiting.timer !== timer);
        refuse(new CrmError('unavailable', 'All connections to the database are busy.'));
      }, this.#options.patience);
      this.#waiting.push({ take, refuse, timer });
    });
  }
}
