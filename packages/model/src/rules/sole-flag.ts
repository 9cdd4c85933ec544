import type { AnyRecord } from '../module.ts';
import type { Rule, Step } from '../rule.ts';

export interface SoleFlag {
  /** Of the rule. */
  readonly id: string;
  /** The yes-or-no field. */
  readonly flag: string;
  /** The field whose equal values make records a group. */
  readonly of: string;
  /** Whether some record of a group always has it: the first one, and then whichever was given it last. */
  readonly always?: boolean;
}

/** A mark that at most one record of a group has: giving it to one takes it from the others. */
export const soleFlag = ({ id, flag, of, always = false }: SoleFlag): Rule => ({
  id,
  when: [flag, of],
  onRestore: true,
  async run(step) {
    const others = await holders(step, flag, of);
    if (always && others.length === 0) step.set(flag, true);
    if (step.record[flag] !== true) return;
    // whoever comes back from the recycle bin finds the place taken
    if (step.changed('deletedAt') && others.length > 0) return step.set(flag, false);
    for (const other of others) await step.update(step.module, other.id, { [flag]: false });
  },
});

const holders = async (step: Step, flag: string, of: string): Promise<readonly AnyRecord[]> => {
  const found = await step.read.find(step.module, { [of]: { is: step.record[of] }, [flag]: true });
  return found.filter(({ id }) => id !== step.id);
};
