import type { MemoryState } from '../memory/memory-state.ts';
import type { Authored, State } from '../rules/state.ts';
import type { Write } from '../rules/workspace.ts';
import type { MemoryCommits } from './memory-commits.ts';

/** One change of a record. */
interface Step {
  readonly write: Write;
  readonly author: Authored;
  /** Whether the client did it whose mutation is being carried out. */
  readonly isOwn: boolean;
}

export interface PastOptions {
  readonly commits: MemoryCommits;
  /** What the batch under way did so far. */
  readonly written: readonly Write[];
  /** Of a mutation: whose it is. */
  readonly client: string | undefined;
}

const unknown: Authored = { by: null, at: null };

/** What rules read in a memory store: the records, and of their past what others did, as a server tells it (R14). */
export const withPast = (state: MemoryState, { commits, written, client }: PastOptions): State => {
  /** The latest first. */
  const since = (module: string, id: string, version: number): readonly Step[] => {
    const here = written
      .filter((write) => write.module === module && write.id === id && write.after.version > version)
      .map((write): Step => ({ write, author: unknown, isOwn: client !== undefined }));
    const earlier = commits.of(module, id, version).map(({ write, by, at, client: whose }): Step => ({
      write,
      author: { by, at },
      isOwn: client !== undefined && whose === client,
    }));
    return [...here.toReversed(), ...earlier];
  };
  return {
    get: (module, id) => state.get(module, id),
    getAny: (module, id) => state.getAny(module, id),
    find: (module, where) => state.find(module, where),
    findAll: (module, where) => state.findAll(module, where),
    findDeleted: (batch) => state.findDeleted(batch),
    nextNumber: (series) => state.nextNumber(series),
    changedSince: async (module, id, version) => {
      const steps = since(module, id, version);
      const current = (await state.getAny(module, id))?.version ?? version;
      if (steps.length < current - version) return null;
      // the oldest one wins: it holds what the field was at `version`
      return foreign(steps, ({ write }, field, found) => found.set(field, write.before?.[field] ?? null));
    },
    authorsSince: async (module, id, version) =>
      foreign(since(module, id, version), ({ author }, field, found) => found.has(field) || found.set(field, author)),
  };
};

/** What others did to fields, as far as the client itself has not changed them since. */
const foreign = <T>(
  steps: readonly Step[],
  note: (step: Step, field: string, found: Map<string, T>) => unknown,
): Readonly<Record<string, T>> => {
  const found = new Map<string, T>();
  const own = new Set<string>();
  for (const step of steps)
    for (const field of step.write.changed) {
      if (step.isOwn) own.add(field);
      else if (!own.has(field)) note(step, field, found);
    }
  return Object.fromEntries(found);
};
