import { choice } from '../../kinds/choice.ts';
import { currency } from '../../kinds/currency.ts';
import { integer } from '../../kinds/integer.ts';
import { links } from '../../kinds/links.ts';
import { text } from '../../kinds/text.ts';
import { toggle } from '../../kinds/toggle.ts';
import { defineModule } from '../../module.ts';
import { soleFlag } from '../../rules/sole-flag.ts';

/** A way in stages, such as that of a deal from first talk to signature. */
export const pipelines = /* @__PURE__ */ defineModule('pipelines', {
  area: 'sales',
  title: ['name'],
  // prettier-ignore
  fields: {
    name:                text({ required: true, max: 120 }),
    module:              choice(['deals', 'leads', 'tickets', 'projects', 'salesOrders', 'custom'], { default: 'deals', indexed: true }),
    default:             toggle({ default: false }),
    teams:               links('groups', { onDelete: 'detach' }),
    active:              toggle({ default: true }),
    stallDays:           integer({ min: 1, default: 30 }),
    currency:            currency(),
    customerStageLabels: toggle({ default: false }),
  },
  many: {
    stages: { module: 'stages', by: 'pipeline' },
    deals: { module: 'deals', by: 'pipeline' },
  },
  list: ['name', 'module', 'default', 'active', 'stallDays'],
  card: ['module', 'default'],
  rules: [/* @__PURE__ */ soleFlag({ id: 'pipelines.one-default', flag: 'default', of: 'module', always: true })],
});
