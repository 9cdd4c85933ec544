import { levels } from '../../access/level.ts';
import { anyLink } from '../../kinds/any-link.ts';
import { choice } from '../../kinds/choice.ts';
import { grid } from '../../kinds/grid.ts';
import { json } from '../../kinds/json.ts';
import { text } from '../../kinds/text.ts';
import { toggle } from '../../kinds/toggle.ts';
import { defineModule } from '../../module.ts';
import { adminsOnly } from '../../rules/people.ts';
import { knownModule, soundConditions } from '../../rules/sharing.ts';

/** What the records of one module are to those who do not own them. */
export const sharingRules = /* @__PURE__ */ defineModule('sharingRules', {
  area: 'administration',
  title: ['module'],
  // prettier-ignore
  fields: {
    module:  text({ required: true, max: 60, unique: true }),
    default: choice(['private', 'public_read', 'public_write', 'public_full', 'record_level'], { default: 'private' }),
    rules:   grid({ columns: {
      from:      anyLink({ to: ['users', 'roles', 'groups'], required: true }),
      fromBelow: toggle({ default: false }),
      to:        anyLink({ to: ['users', 'roles', 'groups'], required: true }),
      toBelow:   toggle({ default: false }),
      access:    choice(levels, { required: true }),
      condition: json(),
    } }),
  },
  list: ['module', 'default'],
  card: ['default'],
  rules: [...adminsOnly('sharingRules'), knownModule, soundConditions],
});
