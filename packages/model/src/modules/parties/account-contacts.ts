import { choice } from '../../kinds/choice.ts';
import { date } from '../../kinds/date.ts';
import { link } from '../../kinds/link.ts';
import { text } from '../../kinds/text.ts';
import { toggle } from '../../kinds/toggle.ts';
import { defineModule } from '../../module.ts';
import { ending, onceInFunction, onePrimary, primaryDeleted } from '../../rules/account-contacts.ts';

/** What a person is in a company, and since when. */
export const accountContacts = /* @__PURE__ */ defineModule('accountContacts', {
  area: 'parties',
  title: ['contact', 'account'],
  search: ['functionText'],
  // prettier-ignore
  fields: {
    account:          link('accounts', { required: true, onDelete: 'cascade', indexed: true }),
    contact:          link('contacts', { required: true, onDelete: 'cascade', indexed: true }),
    function:         choice(['administrator', 'owner', 'sales_director', 'agents_manager', 'purchasing', 'accounting', 'technical', 'marketing', 'it', 'production', 'logistics', 'other']),
    functionText:     text(),
    site:             link('sites', { onDelete: 'detach' }),
    isPrimary:        toggle({ default: false }),
    isActive:         toggle({ default: true }),
    from:             date(),
    to:               date(),
    invoiceRecipient: toggle({ default: false }),
    caseRecipient:    toggle({ default: false }),
  },
  list: ['contact', 'account', 'function', 'isPrimary', 'isActive', 'from', 'to'],
  card: ['function', 'isPrimary'],
  board: 'function',
  rules: [ending, onceInFunction, onePrimary, primaryDeleted],
});
