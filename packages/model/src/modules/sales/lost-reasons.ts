import { choices } from '../../kinds/choices.ts';
import { text } from '../../kinds/text.ts';
import { toggle } from '../../kinds/toggle.ts';
import { defineModule } from '../../module.ts';

/** Why something was not sold. */
export const lostReasons = /* @__PURE__ */ defineModule('lostReasons', {
  area: 'sales',
  title: ['name'],
  // prettier-ignore
  fields: {
    name:            text({ required: true, max: 120 }),
    appliesTo:       choices(['deals', 'leads', 'quotes', 'subscriptions']),
    active:          toggle({ default: true }),
    needsCompetitor: toggle({ default: false }),
  },
  list: ['name', 'appliesTo', 'needsCompetitor', 'active'],
});
