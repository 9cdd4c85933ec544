import { address } from '../../kinds/address.ts';
import { choice } from '../../kinds/choice.ts';
import { computed } from '../../kinds/computed.ts';
import { emails } from '../../kinds/emails.ts';
import { geo } from '../../kinds/geo.ts';
import { link } from '../../kinds/link.ts';
import { longtext } from '../../kinds/longtext.ts';
import { phones } from '../../kinds/phones.ts';
import { text } from '../../kinds/text.ts';
import { toggle } from '../../kinds/toggle.ts';
import { defineModule } from '../../module.ts';
import { placeOf } from '../../rules/sites.ts';
import { soleFlag } from '../../rules/sole-flag.ts';

/** A place of an account: its seat, a branch, a warehouse, a shop. */
export const sites = /* @__PURE__ */ defineModule('sites', {
  area: 'parties',
  title: ['name'],
  search: ['name', 'erpCode', 'address'],
  // prettier-ignore
  fields: {
    account:           link('accounts', { required: true, onDelete: 'cascade', indexed: true }),
    name:              text({ required: true }),
    type:              choice(['registered_office', 'headquarters', 'billing', 'shipping', 'warehouse', 'branch', 'shop', 'other']),
    address:           address({ required: true }),
    geo:               computed(geo(), ['address'], placeOf),
    phones:            phones(),
    emails:            emails(),
    openingHours:      link('businessHours'),
    contactPerson:     link('contacts', { onDelete: 'detach' }),
    isDefaultBilling:  toggle({ default: false }),
    isDefaultShipping: toggle({ default: false }),
    active:            toggle({ default: true }),
    erpCode:           text({ max: 60, rare: true }),
    notes:             longtext(),
  },
  list: ['name', 'account', 'type', 'address', 'phones', 'active'],
  card: ['type', 'address', 'phones'],
  board: 'type',
  inherits: ['account'],
  rules: [
    /* @__PURE__ */ soleFlag({ id: 'sites.one-default-billing', flag: 'isDefaultBilling', of: 'account' }),
    /* @__PURE__ */ soleFlag({ id: 'sites.one-default-shipping', flag: 'isDefaultShipping', of: 'account' }),
  ],
});
