import type { PastStep } from '@tessera-crm/model/rules/past-steps.js';
import type { Authored } from '@tessera-crm/model/rules/state.js';
import type { Write } from '@tessera-crm/model/rules/workspace.js';
import { toObjects } from '../database/database.ts';
import { changesSince, type Diff } from '../sql/changes.ts';
import type { Run } from './read-page.ts';

interface StoredStep {
  readonly at: string;
  readonly actor: string | null;
  readonly request_id: string | null;
  readonly diff: Diff;
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
  async since(module: string, id: string, version: number): Promise<readonly PastStep[]> {
    const { tenant, run, client, written } = this.#options;
    const rows = toObjects<StoredStep>(await run(changesSince(tenant, { module, id, version })));
    const stored = rows.map(({ at, actor, request_id: request, diff }): PastStep => ({
      before: fieldsOf(diff, ([was]) => was),
      merged: fieldsOf(diff, ([, , given]) => given),
      author: { by: actor, at },
      isOwn: client !== undefined && request !== null && request.startsWith(`${client}/`),
    }));
    const here = written()
      .filter((write) => write.module === module && write.id === id && write.after.version > version)
      .map(({ before, changed, merged = {} }): PastStep => ({
        before: Object.fromEntries(changed.map((field) => [field, before?.[field] ?? null])),
        merged,
        author: unknown,
        isOwn: client !== undefined,
      }));
    return [...here.toReversed(), ...stored];
  }
}

/** What there is of each field. */
const fieldsOf = (diff: Diff, part: (change: Diff[string]) => unknown): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(diff)
      .map(([field, change]) => [field, part(change)] as const)
      .filter(([, value]) => value !== undefined),
  );
