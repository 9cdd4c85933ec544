import type { AnyLink } from '../kinds/any-link.ts';
import type { AnyRecord } from '../module.ts';
import type { Rule, Step } from '../rule.ts';

const membersOf = (group: AnyRecord | null, module: string): readonly string[] =>
  ((group?.['members'] ?? []) as readonly AnyLink[]).filter((member) => member.module === module).map(({ id }) => id);

/** No group is, through other groups, a member of itself. */
export const noCircle: Rule = {
  id: 'groups.no-circle',
  when: ['members'],
  async run(step) {
    const seen = new Set<string>();
    const waiting = [...membersOf(step.record, 'groups')];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (id === step.id) return step.refuse('members', 'cycle');
      if (seen.has(id)) continue;
      seen.add(id);
      waiting.push(...membersOf(await step.read.get('groups', id), 'groups'));
    }
  },
};

/** Users know the groups that name them. */
export const membersKnow: Rule = {
  id: 'groups.members-know',
  when: ['members'],
  async run(step) {
    const before = membersOf(step.before, 'users');
    const after = membersOf(step.record, 'users');
    for (const id of after) if (!before.includes(id)) await setMembership(step, id, true);
    for (const id of before) if (!after.includes(id)) await setMembership(step, id, false);
  },
};

const setMembership = async (step: Step, id: string, isMember: boolean): Promise<void> => {
  const user = await step.read.get('users', id);
  if (!user) return;
  const others = ((user['groups'] ?? []) as readonly string[]).filter((group) => group !== step.id);
  const groups = isMember ? [...others, step.id] : others;
  await step.update('users', id, { groups: groups.length > 0 ? groups : null });
};
