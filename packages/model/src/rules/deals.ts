import type { Rule } from '../rule.ts';
import { liftAccount } from './account-lifecycle.ts';

/** Whoever has an open deal with us is interested. */
export const dealLiftsAccount: Rule = {
  id: 'deals.lift-account',
  when: ['account', 'outcome'],
  async run(step) {
    if (step.record['outcome'] === 'open') await liftAccount(step, step.record['account'] as string | null, 'prospect');
  },
};
