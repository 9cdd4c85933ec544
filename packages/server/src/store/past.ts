import type { Authored } from '@tessera-crm/model/rules/state.js';
import type { Write } from '@tessera-crm/model/rules/workspace.js';
import { toObjects } from '../database/database.ts';
import { changesSince } from '../sql/changes.ts';
import type { Run } from './read-page.ts';

/** One change of a record. */
interface Step {
  /** By field what it was before. */
  readonly before: Readonly<Record<string, unknown>>;
  readonly author: Authored;
  /** Whether the client did it whose mutation is being carried out. */
  readonly isOwn: boolean;
}

interface StoredStep {
  readonly at: string;
  readonly actor: string | null;
  readonly request_id: string | null;
  readonly diff: Readonly<Record<string, readonly [unknown, unknown]>>;
}

export interface PastOptions {
  readonly tenant: string;
  readonly run: Run;
  /** What the batch under way did so far. */
  readonly written: () => readonly Write[];
  readonly client: string | undefined;
}

/** How changes of a client's mutation are known again: by what stands for their request. */
export const requestOf = (client: string, mid: number): string => `${client}/${mid}`;

const unknown: Authored = { by: null, at: null };

/** What happened to records since somebody looked at them. */
export class Past {
  readonly #options: PastOptions;

  constructor(options: PastOptions) {
    this.#options = options;
  }

  /** The changes after a version, the latest first. */
  async since(module: string, id: string, version: number): Promise<readonly Step[]> {
    const { tenant, run, client, written } = this.#options;
    const rows = toObjects<StoredStep>(await run(changesSince(tenant, { module, id, version })));
    const stored = rows.map(({ at, actor, request_id: request, diff }): Step => ({
      before: Object.fromEntries(Object.entries(diff).map(([field, [was]]) => [field, was])),
      author: { by: actor, at },
      isOwn: client !== undefined && request !== null && request.startsWith(`${client}/`),
    }));
    const here = written()
      .filter((write) => write.module === module && write.id === id && write.after.version > version)
      .map(({ before, changed }): Step => ({
        before: Object.fromEntries(changed.map((field) => [field, before?.[field] ?? null])),
        author: unknown,
        isOwn: client !== undefined,
      }));
    return [...here.toReversed(), ...stored];
  }

  /** By field what it was before others changed it, as far as the client itself has not changed it since. */
  values(steps: readonly Step[]): Readonly<Record<string, unknown>> {
    return this.#foreign(steps, (step, field, found) => found.set(field, step.before[field]));
  }

  /** By field who of those others was last. */
  authors(steps: readonly Step[]): Readonly<Record<string, Authored>> {
    return this.#foreign(steps, ({ author }, field, found) => found.has(field) || found.set(field, author));
  }

  #foreign<T>(
    steps: readonly Step[],
    note: (step: Step, field: string, found: Map<string, T>) => unknown,
  ): Readonly<Record<string, T>> {
    const found = new Map<string, T>();
    const own = new Set<string>();
    for (const step of steps)
      for (const field of Object.keys(step.before)) {
        if (step.isOwn) own.add(field);
        else if (!own.has(field)) note(step, field, found);
      }
    return Object.fromEntries(found);
  }
}
