import type { MemoryState } from '../memory/memory-state.ts';
import { knownInstead, lastOthers, type PastStep } from '../rules/past-steps.ts';
import type { Authored, State } from '../rules/state.ts';
import type { Write } from '../rules/workspace.ts';
import type { MemoryCommits } from './memory-commits.ts';

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
  const since = (module: string, id: string, version: number): readonly PastStep[] => {
    const here = written
      .filter((write) => write.module === module && write.id === id && write.after.version > version)
      .map((write) => stepOf(write, unknown, client !== undefined));
    const earlier = commits
      .of(module, id, version)
      .map(({ write, by, at, client: whose }) => stepOf(write, { by, at }, client !== undefined && whose === client));
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
      return steps.length < current - version ? null : knownInstead(steps);
    },
    authorsSince: async (module, id, version) => lastOthers(since(module, id, version)),
  };
};

// oxlint-disable-next-line max-params
const stepOf = ({ before, changed, merged = {} }: Write, author: Authored, isOwn: boolean): PastStep => ({
  before: Object.fromEntries(changed.map((field) => [field, before?.[field] ?? null])),
  merged,
  author,
  isOwn,
});
