import { CrmError } from '@tessera-crm/model/errors.js';
import type { Module } from '@tessera-crm/model/module.js';
import { isLostRace } from '../database/database-error.ts';
import type { Database } from '../database/database.ts';
import { commitCreated, type Created } from '../sql/changes.ts';

/**
 * Records in one statement at most. More would save the database a little, and have callers wait for the same answer
 * together: this process would be idle until it comes, and then the database until all have asked again.
 */
const maxTogether = 8;

interface Waiting {
  readonly created: Created;
  readonly done: (seq: number | null) => void;
  readonly failed: (error: unknown) => void;
}

/** Statements under way at once: while one is being committed, the next ones are made ready. */
const maxUnderWay = 6;

/** The new records of one module of one tenant. */
interface Lane {
  readonly module: Module;
  readonly waiting: Waiting[];
  /** Statements that the database has not answered yet. */
  underWay: number;
  /** Whether those that wait are about to go. */
  called: boolean;
}

/**
 * Single new records on their way into the database. Writers of one tenant wait for each other at its counter anyway, so
 * those that come together, or while others are being written, go in one statement: one round trip, one commit.
 */
export class CreateQueue {
  readonly #database: Database;
  /** By tenant and module. */
  readonly #lanes = new Map<string, Lane>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** @returns The tenant's number under which the record went; null when something it links to is gone. */
  async commit(module: Module, created: Created): Promise<number | null> {
    const key = `${created.by.tenant} ${module.key}`;
    const lane = this.#lanes.get(key) ?? { module, waiting: [], underWay: 0, called: false };
    this.#lanes.set(key, lane);
    return new Promise((done, failed) => {
      lane.waiting.push({ created, done, failed });
      this.#call(key, lane);
    });
  }

  /** Those that come within the same turn of the process's loop are waited for. */
  #call(key: string, lane: Lane): void {
    if (lane.called || lane.underWay === maxUnderWay) return;
    lane.called = true;
    setImmediate(() => void this.#send(key, lane));
  }

  async #send(key: string, lane: Lane): Promise<void> {
    lane.called = false;
    lane.underWay++;
    await this.#together(lane.module, lane.waiting.splice(0, maxTogether));
    lane.underWay--;
    if (lane.waiting.length > 0) this.#call(key, lane);
    else if (lane.underWay === 0) this.#lanes.delete(key);
  }

  /** What the database has against one of them must not hurt the others: each goes alone then. */
  async #together(module: Module, group: readonly Waiting[]): Promise<void> {
    const { tenant } = group[0]!.created.by;
    const created = group.map((one) => one.created);
    try {
      const { rows } = await this.#database.run(tenant, commitCreated(module, created, tenant));
      if (rows.length === 0 && group.length > 1) await this.#alone(module, group);
      else for (const { done } of group) done((rows[0]?.[0] as number | undefined) ?? null);
    } catch (error) {
      if (group.length > 1 && mayFitAlone(error)) await this.#alone(module, group);
      else for (const { failed } of group) failed(error);
    }
  }

  async #alone(module: Module, group: readonly Waiting[]): Promise<void> {
    await Promise.all(group.map(async (one) => this.#together(module, [one])));
  }
}

/** Not when the database cannot be reached: what it did with the group is not known then. */
const mayFitAlone = (error: unknown): boolean =>
  isLostRace(error) || (error instanceof CrmError && 'sqlState' in error.facts && error.code !== 'unavailable');

const queues = new WeakMap<Database, CreateQueue>();

/** One for all stores of a database. */
export const createQueue = (database: Database): CreateQueue => {
  let own = queues.get(database);
  if (!own) queues.set(database, (own = new CreateQueue(database)));
  return own;
};
