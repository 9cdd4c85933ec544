import { anyLinks } from '../../kinds/any-links.ts';
import { email } from '../../kinds/email.ts';
import { link } from '../../kinds/link.ts';
import { links } from '../../kinds/links.ts';
import { text } from '../../kinds/text.ts';
import { defineModule } from '../../module.ts';
import { adminsOnly } from '../../rules/people.ts';
import { membersKnow, noCircle } from '../../rules/groups.ts';

/** People who share work: a team, a queue, a department. */
export const groups = /* @__PURE__ */ defineModule('groups', {
  area: 'administration',
  title: ['name'],
  search: ['name', 'mailbox'],
  // prettier-ignore
  fields: {
    name:              text({ required: true, max: 120, unique: true }),
    members:           anyLinks({ to: ['users', 'roles', 'groups'], onDelete: 'detach' }),
    roleTrees:         links('roles', { rare: true }),
    mailbox:           email(),
    defaultAssignment: link('assignmentRules', { rare: true }),
    businessHours:     link('businessHours', { rare: true }),
  },
  many: {
    tickets: { module: 'tickets', by: 'group' },
  },
  list: ['name', 'members', 'mailbox'],
  card: ['members'],
  rules: [...adminsOnly('groups'), noCircle, membersKnow],
});
