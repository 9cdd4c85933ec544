import { doings, fieldAccesses } from '../../access/profile.ts';
import { choice } from '../../kinds/choice.ts';
import { choices } from '../../kinds/choices.ts';
import { grid } from '../../kinds/grid.ts';
import { longtext } from '../../kinds/longtext.ts';
import { text } from '../../kinds/text.ts';
import { defineModule } from '../../module.ts';
import { adminsOnly } from '../../rules/people.ts';
import { knownFields } from '../../rules/sharing.ts';

/** What people may do, whatever the record: the union over all profiles of somebody counts. */
export const profiles = /* @__PURE__ */ defineModule('profiles', {
  area: 'administration',
  title: ['name'],
  // prettier-ignore
  fields: {
    name:         text({ required: true, max: 120, unique: true }),
    description:  longtext(),
    otherModules: choices(doings),
    modules:      grid({ columns: { module: text({ required: true, max: 60 }), may: choices(doings) } }),
    fields:       grid({ columns: { module: text({ required: true, max: 60 }), field: text({ required: true, max: 60 }), access: choice(fieldAccesses, { required: true }) } }),
  },
  list: ['name', 'description', 'otherModules'],
  card: ['description', 'otherModules'],
  rules: [...adminsOnly('profiles'), knownFields],
});
