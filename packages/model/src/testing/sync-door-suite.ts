import type { Runner } from './store-suite.ts';
import type { OpenedDoor } from './sync-door-kit.ts';
import { bulkRules } from './sync-door-rules-bulk.ts';
import { pushingRules } from './sync-door-rules-pushing.ts';
import { askingRules } from './sync-door-rules.ts';

export interface SyncDoorSuite {
  readonly name: string;
  /** The door to an empty store over the built-in modules, for a user who may do everything. */
  open(): Promise<OpenedDoor>;
}

const rules = { ...askingRules, ...bulkRules, ...pushingRules };

/** What every server does that can be kept in step with. The numbers are those of `protocol/sync/SPEC.md`. */
export const describeSyncDoor = ({ describe, it }: Runner, { name, open }: SyncDoorSuite): void => {
  describe(`${name} as a door for caches`, () => {
    for (const [title, rule] of Object.entries(rules))
      it(title, async () => {
        const opened = await open();
        try {
          await rule(opened);
        } finally {
          await opened.close?.();
        }
      });
  });
};
