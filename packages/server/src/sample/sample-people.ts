import { colleagues } from './people.ts';
import { competitors, markers } from './companies.ts';
import type { SamplePlan } from './sample-plan.ts';

/** Who works here, by what they do. */
export interface Staff {
  readonly admin: string;
  readonly sellers: readonly string[];
  readonly supporters: readonly string[];
  readonly everybody: readonly string[];
  readonly groups: Readonly<Record<string, string>>;
}

/** Days before now on which the house opened. */
export const opening = 1_000;

const mailboxes: Readonly<Record<string, string>> = {
  Vendite: 'vendite@tessera.example',
  Assistenza: 'assistenza@tessera.example',
};

/** Makes users, their groups, and the tags they use. */
export const addStaff = (plan: SamplePlan): Staff => {
  const at = plan.daysAgo(opening);
  const users = colleagues.map(({ first, last, login, title, department, isAdmin }) => {
    const email = `${login}@tessera.example`;
    const name = { first, last };
    return plan.create(
      'users',
      { name, email, login, title, department, isAdmin, extension: String(plan.random.integer(100, 199)) },
      { at },
    );
  });
  const inTeam = (team: string): readonly string[] => users.filter((_user, index) => colleagues[index]!.team === team);
  const groups = Object.fromEntries(
    [...new Set(colleagues.map(({ team }) => team))].map((name) => {
      const members = inTeam(name).map((id) => ({ module: 'users', id }));
      const mailbox = mailboxes[name];
      return [name, plan.create('groups', { name, members, ...(mailbox && { mailbox }) }, { at })];
    }),
  );
  const [admin = '', head = ''] = users;
  for (const id of users.slice(2)) plan.update('users', id, { reportsTo: head, manager: head }, { at: at + 60_000 });
  for (const { name, color } of markers) plan.create('tags', { name, color, shared: true }, { at });
  return { admin, sellers: inTeam('Vendite'), supporters: inTeam('Assistenza'), everybody: users, groups };
};

/** Makes those against whom deals are lost. */
export const addCompetitors = (plan: SamplePlan): readonly string[] =>
  competitors.map((name) =>
    plan.create('accounts', { name, types: ['competitor'], industry: 'furniture' }, { at: plan.daysAgo(opening) }),
  );
