import { address } from '../../kinds/address.ts';
import { autonumber } from '../../kinds/autonumber.ts';
import { choice } from '../../kinds/choice.ts';
import { choices } from '../../kinds/choices.ts';
import { computed } from '../../kinds/computed.ts';
import { country } from '../../kinds/country.ts';
import { currency } from '../../kinds/currency.ts';
import { date } from '../../kinds/date.ts';
import { decimal } from '../../kinds/decimal.ts';
import { email } from '../../kinds/email.ts';
import { emails } from '../../kinds/emails.ts';
import { geo } from '../../kinds/geo.ts';
import { grid } from '../../kinds/grid.ts';
import { integer } from '../../kinds/integer.ts';
import { link } from '../../kinds/link.ts';
import { longtext } from '../../kinds/longtext.ts';
import { money } from '../../kinds/money.ts';
import { name } from '../../kinds/name.ts';
import { percent } from '../../kinds/percent.ts';
import { phone } from '../../kinds/phone.ts';
import { phones } from '../../kinds/phones.ts';
import { rating } from '../../kinds/rating.ts';
import { rollup } from '../../kinds/rollup.ts';
import { tags } from '../../kinds/tags.ts';
import { text } from '../../kinds/text.ts';
import { toggle } from '../../kinds/toggle.ts';
import { url } from '../../kinds/url.ts';
import { defineModule } from '../../module.ts';
import { lockLifecycle } from '../../rules/account-lifecycle.ts';
import { accountKey, fiscalNumbers, parentDepth, uniqueFiscalId } from '../../rules/accounts.ts';
import { personContact, personName } from '../../rules/person-accounts.ts';
import { domainsOf } from '../../rules/web-domains.ts';
import { characteristics } from './characteristics.ts';
import { industries } from './industries.ts';
import { leadSources } from './lead-sources.ts';

/** Orders that count as bought. */
const bought = { status: { in: ['confirmed', 'partially_delivered', 'delivered', 'closed'] } } as const;

/** A company or person we deal with: a customer, a prospect, a supplier, a partner. */
export const accounts = /* @__PURE__ */ defineModule('accounts', {
  area: 'parties',
  title: ['name'],
  search: ['name', 'legalName', 'number', 'vatNumber', 'taxCode', 'emails', 'phones', 'domains'],
  // prettier-ignore
  fields: {
    kind:              choice(['business', 'person'], { default: 'business' }),
    name:              text({ max: 200, filled: true, indexed: true }),
    nameKey:           computed(text({ rare: true, indexed: true }), ['name'], accountKey),
    personName:        name(),
    personContact:     link('contacts', { readonly: true, onDelete: 'cascade' }),
    legalName:         text(),
    legalForm:         choice(['srl', 'srls', 'spa', 'snc', 'sas', 'ss', 'ditta', 'coop', 'ente', 'onlus', 'other']),
    number:            autonumber({ prefix: 'ACC' }),
    parent:            link('accounts', { onDelete: 'detach', indexed: true }),
    types:             choices(['customer', 'partner', 'competitor', 'supplier', 'reseller', 'investor', 'press', 'analyst', 'integrator', 'other']),
    lifecycle:         choice(['lead', 'suspect', 'prospect', 'customer', 'dormant', 'former'], { default: 'lead', indexed: true, tones: { customer: 'ok', prospect: 'info', dormant: 'warn', former: 'neutral' } }),
    lifecycleLocked:   toggle({ default: false, rare: true }),
    status:            choice(['active', 'inactive', 'blocked'], { default: 'active', indexed: true, tones: { active: 'ok', blocked: 'bad' } }),
    blockReason:       text(),

    phones:            phones(),
    emails:            emails(),
    pec:               email(),
    website:           url(),
    domains:           computed(tags(), ['website', 'emails'], domainsOf),
    linkedin:          url({ rare: true }),
    facebook:          url({ rare: true }),
    instagram:         url({ rare: true }),
    x:                 url({ rare: true }),
    fax:               phone({ rare: true }),
    emailOptOut:       toggle({ default: false }),
    doNotCall:         toggle({ default: false }),

    billingAddress:    address(),
    shippingAddress:   address(),
    geo:               geo({ rare: true }),

    industry:          choice(industries, { indexed: true }),
    atecoCode:         text({ max: 8 }),
    size:              choice(['1', '2-9', '10-49', '50-249', '250+']),
    employees:         integer({ min: 0 }),
    annualRevenue:     money(),
    ownership:         choice(['private', 'public', 'cooperative', 'state', 'subsidiary']),
    tickerSymbol:      text({ max: 20, rare: true }),
    rating:            choice(['hot', 'warm', 'cold'], { tones: { hot: 'bad', warm: 'warn', cold: 'info' } }),
    profileScore:      integer({ readonly: true }),
    profileStars:      rating({ max: 5, readonly: true }),
    engagementScore:   decimal({ digits: 2, readonly: true }),
    loyaltyTier:       text({ readonly: true }),
    rfm:               text({ max: 20, readonly: true }),
    territory:         link('territories'),
    portfolio:         choice(['key', 'standard', 'occasional']),
    leadSource:        choice(leadSources),
    convertedFromLead: link('leads', { readonly: true }),
    characteristics:   grid({ columns: characteristics, rare: true }),
    description:       longtext(),

    vatNumber:         text({ max: 20, indexed: true }),
    vatCountry:        country({ default: 'IT' }),
    taxCode:           text({ max: 16, indexed: true }),
    sdiCode:           text({ max: 7 }),
    iban:              text({ max: 34, sensitive: true }),
    paymentTerm:       link('paymentTerms'),
    currency:          currency(),
    priceBook:         link('priceBooks'),
    taxRegion:         link('taxRegions'),
    taxExemptionNature:    text({ max: 4, rare: true }),
    taxExemptionReason:    text({ rare: true }),
    taxExemptionReference: text({ rare: true }),
    taxExemptionValidTo:   date({ rare: true }),
    creditLimit:       money(),
    openBalance:       money({ readonly: true }),
    overdueBalance:    money({ readonly: true }),
    withholdingRate:   percent({ rare: true }),

    firstPurchaseAt:   rollup({ of: 'salesOrders', by: 'account', fn: 'min', field: 'orderDate', where: bought }, date()),
    lastPurchaseAt:    rollup({ of: 'salesOrders', by: 'account', fn: 'max', field: 'orderDate', where: bought }, date()),
    ordersCount:       rollup({ of: 'salesOrders', by: 'account', fn: 'count', where: bought }, integer()),
    revenueTotal:      rollup({ of: 'salesOrders', by: 'account', fn: 'sum', field: 'taxable', where: bought }, money()),
    revenue12m:        rollup({ of: 'salesOrders', by: 'account', fn: 'sum', field: 'taxable', where: { ...bought, orderDate: { last: { n: 12, unit: 'month' } } } }, money()),
    openDealsAmount:   rollup({ of: 'deals', by: 'account', fn: 'sum', field: 'amount', where: { outcome: 'open' } }, money()),
    wonDealsCount:     rollup({ of: 'deals', by: 'account', fn: 'count', where: { outcome: 'won' } }, integer()),
    openCases:         rollup({ of: 'tickets', by: 'account', fn: 'count', where: { status: { notIn: ['resolved', 'closed', 'rejected', 'duplicate'] } } }, integer()),
  },
  many: {
    children: { module: 'accounts', by: 'parent' },
    contacts: { module: 'accountContacts', by: 'account' },
    sites: { module: 'sites', by: 'account' },
    deals: { module: 'deals', by: 'account' },
    orders: { module: 'salesOrders', by: 'account' },
    tickets: { module: 'tickets', by: 'account' },
    tasks: { module: 'tasks', by: 'account' },
    events: { module: 'events', by: 'account' },
  },
  list: ['name', 'lifecycle', 'billingAddress', 'phones', 'vatNumber', 'owner', 'revenue12m', 'lastActivityAt'],
  card: ['profileStars', 'phones', 'emails', 'openDealsAmount', 'overdueBalance'],
  board: 'lifecycle',
  // prettier-ignore
  portal: {
    own: ['id'],
    read: ['name', 'billingAddress', 'shippingAddress', 'phones', 'emails', 'firstPurchaseAt', 'lastPurchaseAt', 'ordersCount', 'revenueTotal', 'openBalance'],
  },
  rules: [personName, fiscalNumbers, uniqueFiscalId, parentDepth, lockLifecycle, personContact],
});
