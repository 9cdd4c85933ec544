import type { Store } from '../store.ts';
import { isTrue } from './expect.ts';
import { listsRules } from './store-rules-lists.ts';
import { recordsRules } from './store-rules-records.ts';
import { watchingRules } from './store-rules-watching.ts';

/** The test runner's own words: `node:test` and mocha both have them. */
export interface Runner {
  describe(name: string, body: () => void): unknown;
  it(name: string, body: () => Promise<void>): unknown;
}

export interface Opened {
  readonly store: Store;
  close?(): Promise<void>;
}

export interface StoreSuite {
  readonly name: string;
  /** An empty store over the built-in modules, for a user who may do everything. */
  open(): Promise<Opened>;
  /** What this store cannot do, by rule, and why. When a gap closes its test fails, so that it is taken out here. */
  readonly gaps?: Readonly<Record<string, string>>;
}

const rules = { ...recordsRules, ...listsRules, ...watchingRules };

/** The behaviour that every store has, whatever it is made of. The numbers are those of SPEC.md. */
export const describeStore = ({ describe, it }: Runner, { name, open, gaps = {} }: StoreSuite): void => {
  describe(`${name} as a store`, () => {
    for (const [title, rule] of Object.entries(rules)) {
      const gap = gaps[title.split(' ')[0]!];
      it(gap === undefined ? title : `${title} (known gap: ${gap})`, async () => {
        const { store, close } = await open();
        try {
          if (gap === undefined) await rule(store);
          else isTrue(await fails(() => rule(store)), `${title} works now: take it out of the known gaps`);
        } finally {
          await close?.();
        }
      });
    }
  });
};

const fails = async (work: () => Promise<unknown>): Promise<boolean> =>
  work().then(
    () => false,
    () => true,
  );
