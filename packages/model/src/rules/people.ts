import type { Identity, Rule, Step } from '../rule.ts';

const mayAdminister = (identity: Identity): boolean =>
  identity.type === 'system' || (identity.type === 'user' && identity.admin);

const refuseOthers = (step: Step): void => {
  if (!mayAdminister(step.context.identity)) step.refuse('', 'admins-only');
};

/**
 * Who may do what is decided by those who administer: whoever could change that could do everything.
 *
 * @param when - The fields that decide; all of them unless told. To make and to delete records always does.
 */
export const adminsOnly = (module: string, when?: readonly string[]): readonly Rule[] => [
  { id: `${module}.admins-only`, ...(when && { when }), run: refuseOthers },
  { id: `${module}.deleted-by-admins`, on: 'delete', run: refuseOthers },
];

/** Fields of users that say what they may do, and by which they come in. */
export const decidingFields = ['isAdmin', 'role', 'profiles', 'status', 'login', 'email', 'mfa', 'ssoSubject'] as const;
