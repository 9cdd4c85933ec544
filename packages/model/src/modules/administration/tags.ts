import { color } from '../../kinds/color.ts';
import { tags as words } from '../../kinds/tags.ts';
import { text } from '../../kinds/text.ts';
import { toggle } from '../../kinds/toggle.ts';
import { defineModule } from '../../module.ts';

/** A word by which records of any module are marked. */
export const tags = /* @__PURE__ */ defineModule('tags', {
  area: 'administration',
  title: ['name'],
  // prettier-ignore
  fields: {
    name:    text({ required: true, max: 60, unique: true }),
    color:   color(),
    modules: words(),
    shared:  toggle({ default: true }),
  },
  list: ['name', 'color', 'modules', 'shared', 'owner'],
  card: ['color'],
});
