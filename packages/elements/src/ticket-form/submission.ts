import { create, type Change } from '@tessera-crm/model/change.js';
import { isCrmError, type CrmError, type ErrorCode } from '@tessera-crm/model/errors.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { ReactiveController } from 'lit';
import { save } from '../data/save.ts';
import type { CrmElement } from '../frame/element.ts';

/** `queued`: the server could not be reached; it is sent by itself as soon as it can be. */
export type Phase = 'editing' | 'sending' | 'queued' | 'sent';

/** What was created. */
export interface Ticket {
  readonly id: string;
  /** Null until it has reached the server. */
  readonly number: string | null;
}

interface Order {
  readonly id: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** What is created along with it. */
  readonly also: readonly Change[];
}

/** Errors that go away by waiting. */
const passing = new Set<ErrorCode>(['network', 'timeout', 'unavailable']);

/** Seconds until a queued ticket is tried again; the last one for ever. */
const waits = [5, 15, 30, 60];

/** Sends a ticket once, however often somebody presses; waits where the network is gone. */
export class Submission implements ReactiveController {
  readonly #host: CrmElement;
  readonly #sent: () => void;
  #phase: Phase = 'editing';
  #ticket: Ticket | undefined;
  #error: CrmError | undefined;
  #order: Order | undefined;
  #attempt = 0;
  #revision = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unwatch: (() => void) | undefined;

  /** @param sent - Called once a ticket was created. */
  constructor(host: CrmElement, sent: () => void) {
    this.#host = host;
    this.#sent = sent;
    host.addController(this);
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** What was created; undefined before. */
  get ticket(): Ticket | undefined {
    return this.#ticket;
  }

  /** Why it was refused; undefined while it was not. */
  get error(): CrmError | undefined {
    return this.#error;
  }

  async send(order: Order): Promise<void> {
    if (this.#phase === 'sending' || this.#phase === 'sent') return;
    this.#order = order;
    this.#attempt = 0;
    this.#revision++;
    await this.#try();
  }

  /** Tries a queued ticket at once. */
  retry(): void {
    if (this.#phase === 'queued') void this.#try();
  }

  /** Takes a queued ticket back, to change it. */
  withdraw(): void {
    if (this.#phase === 'queued') this.#enter('editing');
  }

  /** What was said to be sent was refused after all. */
  refuse(error: CrmError): void {
    this.#error = error;
    this.#enter('editing');
  }

  /** Ready for another ticket. */
  reset(): void {
    this.#unwatch?.();
    this.#ticket = undefined;
    this.#error = undefined;
    this.#enter('editing');
  }

  hostConnected(): void {
    addEventListener('online', this.#isOnline);
  }

  hostDisconnected(): void {
    removeEventListener('online', this.#isOnline);
    clearTimeout(this.#timer);
    this.#unwatch?.();
  }

  readonly #isOnline = (): void => this.retry();

  async #try(): Promise<void> {
    const order = this.#order;
    if (!order) return;
    this.#error = undefined;
    this.#enter('sending');
    const change = create('tickets', order.id as never, order.values as never);
    const saved = await save(this.#host, change, {
      also: order.also,
      // Another content is another change, even of the same ticket
      idempotencyKey: `${order.id}-${this.#revision}`,
    });
    if (saved.outcome === 'saved') return this.#created(order.id, saved.applied.record as AnyRecord | null);
    if (saved.outcome === 'cancelled') return this.#enter('editing');
    if (passing.has(saved.error.code)) return this.#wait();
    this.#error = saved.error;
    this.#enter('editing');
  }

  #created(id: string, record: AnyRecord | null): void {
    this.#ticket = { id, number: numberOf(record) };
    this.#order = undefined;
    this.#sent();
    this.#enter('sent');
    if (this.#ticket.number === null) this.#awaitNumber(id);
  }

  /** A ticket that waits in an outbox gets its number when it has arrived. */
  #awaitNumber(id: string): void {
    this.#unwatch = this.#host.source?.store.watch('tickets', id as never, {
      next: (record) => {
        const number = numberOf(record as AnyRecord | null);
        if (number === null || this.#ticket?.id !== id) return;
        this.#ticket = { id, number };
        this.#unwatch?.();
        this.#host.requestUpdate();
      },
    });
  }

  #wait(): void {
    const seconds = waits[Math.min(this.#attempt++, waits.length - 1)]!;
    this.#enter('queued');
    this.#timer = setTimeout(() => this.retry(), seconds * 1000);
  }

  #enter(phase: Phase): void {
    clearTimeout(this.#timer);
    this.#phase = phase;
    this.#host.requestUpdate();
  }
}

const numberOf = (record: AnyRecord | null): string | null => {
  const number = record?.['number'];
  return typeof number === 'string' ? number : null;
};

/** Whether it is the person's turn, rather than the field's. */
export const isForbidden = (error: CrmError | undefined): boolean =>
  isCrmError(error, 'forbidden') || isCrmError(error, 'auth-required') || isCrmError(error, 'token-rejected');
