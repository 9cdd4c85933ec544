import type { Rule } from '../rule.ts';

export interface DateOrder {
  /** Of the rule. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Whether both may be the same. */
  readonly orEqual?: boolean;
}

/** Two dates or instants, in this order. */
export const dateOrder = ({ id, from, to, orEqual = false }: DateOrder): Rule => ({
  id,
  when: [from, to],
  run(step) {
    const start = step.record[from] as string | null;
    const end = step.record[to] as string | null;
    if (start === null || end === null) return;
    if (end < start || (end === start && !orEqual)) step.refuse(to, 'before-start', { start });
  },
});
