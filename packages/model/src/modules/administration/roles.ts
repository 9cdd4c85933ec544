import { link } from '../../kinds/link.ts';
import { links } from '../../kinds/links.ts';
import { text } from '../../kinds/text.ts';
import { toggle } from '../../kinds/toggle.ts';
import { defineModule } from '../../module.ts';
import { adminsOnly } from '../../rules/people.ts';

/** A place in the tree of those who answer for each other's records. */
export const roles = /* @__PURE__ */ defineModule('roles', {
  area: 'administration',
  title: ['name'],
  // prettier-ignore
  fields: {
    name:                text({ required: true, max: 120, unique: true }),
    parent:              link('roles', { onDelete: 'restrict', indexed: true }),
    profiles:            links('profiles', { onDelete: 'detach' }),
    canViewSubordinates: toggle({ default: true }),
    peersVisible:        toggle({ default: false }),
  },
  many: {
    users: { module: 'users', by: 'role' },
    children: { module: 'roles', by: 'parent' },
  },
  list: ['name', 'parent', 'profiles', 'canViewSubordinates'],
  card: ['parent', 'profiles'],
  rules: adminsOnly('roles'),
});
