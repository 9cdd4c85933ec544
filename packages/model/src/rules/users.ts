import type { Rule } from '../rule.ts';

const isActiveAdmin = (user: Readonly<Record<string, unknown>>): boolean =>
  user['isAdmin'] === true && user['status'] === 'active';

/** Somebody can always administer. */
export const lastAdmin: Rule = {
  id: 'users.last-admin',
  when: ['isAdmin', 'status'],
  async run(step) {
    if (step.before === null || !isActiveAdmin(step.before) || isActiveAdmin(step.record)) return;
    const admins = await step.read.find('users', { isAdmin: true, status: 'active' });
    if (!admins.some(({ id }) => id !== step.id)) step.refuse('isAdmin', 'last-admin');
  },
};

/** What a user did stays that user's; whoever leaves is deactivated. */
export const neverDeleted: Rule = {
  id: 'users.never-deleted',
  on: 'delete',
  run: (step) => step.refuse('', 'deactivate-instead'),
};
