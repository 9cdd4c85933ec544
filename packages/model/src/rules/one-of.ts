import type { Rule } from '../rule.ts';

/** At least one of these fields has a value. */
export const oneOf = (id: string, fields: readonly string[]): Rule => ({
  id,
  when: fields,
  run(step) {
    if (fields.every((field) => (step.record[field] ?? null) === null)) step.refuse(fields[0]!, 'one-of', { fields });
  },
});
