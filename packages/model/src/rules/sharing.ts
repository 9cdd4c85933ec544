import { parseWhere } from '../query/parse-where.ts';
import type { Rule, Step } from '../rule.ts';

interface Row {
  readonly module?: unknown;
  readonly field?: unknown;
  readonly condition?: unknown;
}

const rowsOf = (step: Step, field: string): readonly Row[] => (step.record[field] ?? []) as readonly Row[];

/** What is said of a module that does not exist would protect nothing. */
export const knownModule: Rule = {
  id: 'sharingRules.known-module',
  when: ['module'],
  run(step) {
    const module = step.record['module'] as string;
    if (!step.context.registry.find(module)) step.refuse('module', 'unknown-module', { module });
  },
};

/** A condition is a filter over the records of the module. */
export const soundConditions: Rule = {
  id: 'sharingRules.sound-conditions',
  when: ['rules', 'module'],
  run(step) {
    const { registry, now, settings } = step.context;
    const module = registry.find(step.record['module'] as string);
    for (const { condition } of module ? rowsOf(step, 'rules') : []) {
      try {
        parseWhere(module!, condition, { registry, now, ...settings, me: null });
      } catch {
        step.refuse('rules', 'filter');
      }
    }
  },
};

/** The same of profiles. */
export const knownFields: Rule = {
  id: 'profiles.known-fields',
  when: ['modules', 'fields'],
  run(step) {
    const { registry } = step.context;
    for (const list of ['modules', 'fields'])
      for (const { module, field } of rowsOf(step, list)) {
        const known = registry.find(module as string);
        if (!known) step.refuse(list, 'unknown-module', { module });
        else if (field !== undefined && !Object.hasOwn(known.fields, field as string))
          step.refuse(list, 'unknown-field', { module, field });
      }
  },
};
