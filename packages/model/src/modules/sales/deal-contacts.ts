import { choice } from '../../kinds/choice.ts';
import { link } from '../../kinds/link.ts';
import { longtext } from '../../kinds/longtext.ts';
import { toggle } from '../../kinds/toggle.ts';
import { defineModule } from '../../module.ts';
import { soleFlag } from '../../rules/sole-flag.ts';

/** What a person has to say in a deal. */
export const dealContacts = /* @__PURE__ */ defineModule('dealContacts', {
  area: 'sales',
  title: ['contact', 'deal'],
  search: ['notes'],
  // prettier-ignore
  fields: {
    deal:      link('deals', { required: true, onDelete: 'cascade', indexed: true }),
    contact:   link('contacts', { required: true, onDelete: 'cascade', indexed: true }),
    role:      choice(['decision_maker', 'budget_approver', 'business_user', 'business_influencer', 'technical_influencer', 'gatekeeper', 'project_manager', 'legal', 'economic_buyer', 'other'], { required: true }),
    influence: choice(['low', 'medium', 'high'], { tones: { high: 'accent' } }),
    attitude:  choice(['champion', 'supporter', 'neutral', 'sceptic', 'blocker', 'unknown'], { tones: { champion: 'ok', supporter: 'ok', sceptic: 'warn', blocker: 'bad' } }),
    isPrimary: toggle({ default: false }),
    notes:     longtext(),
  },
  unique: [['deal', 'contact', 'role']],
  list: ['contact', 'deal', 'role', 'influence', 'attitude', 'isPrimary'],
  card: ['role', 'influence', 'attitude'],
  board: 'role',
  rules: [/* @__PURE__ */ soleFlag({ id: 'dealContacts.one-primary', flag: 'isPrimary', of: 'deal' })],
});
