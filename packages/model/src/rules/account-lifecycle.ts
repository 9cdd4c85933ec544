import type { Rule, Step } from '../rule.ts';

/** Where an account may be lifted to by what happens; later ones count for more. */
const steps = ['lead', 'suspect', 'prospect', 'customer'];

interface Account {
  readonly lifecycle: string;
  readonly lifecycleLocked: boolean;
}

/** Whether an account moves on by itself: only forward, and not once a person has decided. */
const isBelow = ({ lifecycle, lifecycleLocked }: Account, to: string): boolean =>
  !lifecycleLocked && (lifecycle === 'dormant' ? to === 'customer' : steps.indexOf(lifecycle) < steps.indexOf(to));

/** Lifts an account: what it did shows that it is at least this. */
export const liftAccount = async (step: Step, id: string | null, to: 'prospect' | 'customer'): Promise<void> => {
  const account = id === null ? null : await step.read.get('accounts', id);
  if (!account || account['lifecycle'] === 'former') return;
  if (isBelow(account as unknown as Account, to)) await step.update('accounts', account.id, { lifecycle: to });
};

/** A lifecycle that a person chose stays until that person lets go of it. */
export const lockLifecycle: Rule = {
  id: 'accounts.lifecycle-lock',
  when: ['lifecycle'],
  run(step) {
    const isChosen = step.before !== null && step.origin === 'person' && step.changed('lifecycle');
    if (isChosen && !step.changed('lifecycleLocked')) step.set('lifecycleLocked', true);
  },
};
