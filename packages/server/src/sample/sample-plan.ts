import type { Change } from '@tessera-crm/model/change.js';
import { uuid7 } from '@tessera-crm/model/id.js';
import { seededRandom, type Random } from '@tessera-crm/model/random.js';

/** A change that was made at some time, by somebody. */
export interface Happening {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The user who did it; null for nobody in particular. */
  readonly by: string | null;
  readonly change: Change;
}

export const day = 86_400_000;

/** Office hours, in UTC. */
const opens = 7;
const hours = 9;

/** Collects what happened, as if it had happened over the last years: the same for the same seed and the same day. */
export class SamplePlan {
  readonly random: Random;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly #happenings: Happening[] = [];

  constructor(seed: number, now: number) {
    this.random = seededRandom(seed);
    this.now = now;
  }

  /** All of it in the order of time; of the same instant in the order in which it was told. */
  get happenings(): readonly Happening[] {
    return this.#happenings.toSorted((a, b) => a.at - b.at);
  }

  /** @returns The id of the new record. */
  create(module: string, values: Readonly<Record<string, unknown>>, { at = this.now, by = null }: When = {}): string {
    const id = this.newId(at);
    this.#happenings.push({ at: Math.min(at, this.now), by, change: { op: 'create', module, id, values } });
    return id;
  }

  update(
    module: string,
    id: string,
    values: Readonly<Record<string, unknown>>,
    { at = this.now, by = null }: When = {},
  ): void {
    this.#happenings.push({ at: Math.min(at, this.now), by, change: { op: 'update', module, id, values } });
  }

  newId(at: number): string {
    return uuid7(
      Math.min(at, this.now),
      Uint8Array.from({ length: 10 }, () => this.random.integer(0, 255)),
    );
  }

  /** A moment within office hours, so many days before now; negative ones are to come. */
  daysAgo(days: number): number {
    const midnight = Math.floor((this.now - days * day) / day) * day;
    return midnight + this.random.integer(opens * 60, (opens + hours) * 60) * 60_000;
  }

  /** A moment between two numbers of days before now. */
  between(most: number, least: number): number {
    return this.daysAgo(this.random.integer(least, most));
  }

  /** Some of a list, each once. */
  some<T>(from: readonly T[], count: number): readonly T[] {
    const rest = [...from];
    return Array.from(
      { length: Math.min(count, rest.length) },
      () => rest.splice(this.random.integer(0, rest.length - 1), 1)[0]!,
    );
  }
}

interface When {
  readonly at?: number;
  readonly by?: string | null;
}

export const isoDate = (at: number): string => new Date(at).toISOString().slice(0, 10);

export const isoInstant = (at: number): string => new Date(at).toISOString();
