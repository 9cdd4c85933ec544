import { address } from '../../kinds/address.ts';
import { autonumber } from '../../kinds/autonumber.ts';
import { choice } from '../../kinds/choice.ts';
import { date } from '../../kinds/date.ts';
import { decimal } from '../../kinds/decimal.ts';
import { emails } from '../../kinds/emails.ts';
import { geo } from '../../kinds/geo.ts';
import { grid } from '../../kinds/grid.ts';
import { image } from '../../kinds/image.ts';
import { language } from '../../kinds/language.ts';
import { link } from '../../kinds/link.ts';
import { longtext } from '../../kinds/longtext.ts';
import { name } from '../../kinds/name.ts';
import { phone } from '../../kinds/phone.ts';
import { phones } from '../../kinds/phones.ts';
import { rating } from '../../kinds/rating.ts';
import { text } from '../../kinds/text.ts';
import { timezone } from '../../kinds/timezone.ts';
import { toggle } from '../../kinds/toggle.ts';
import { defineModule } from '../../module.ts';
import { portalAccess, primaryAccount, uniqueEmail } from '../../rules/contacts.ts';
import { personAccount } from '../../rules/person-accounts.ts';
import { characteristics } from './characteristics.ts';
import { leadSources } from './lead-sources.ts';
import { sentiments } from './sentiments.ts';

/** A person we talk to, with or without a company. */
export const contacts = /* @__PURE__ */ defineModule('contacts', {
  area: 'parties',
  title: ['name'],
  search: ['name', 'number', 'emails', 'phones', 'jobTitle'],
  // prettier-ignore
  fields: {
    name:            name({ required: true, indexed: true }),
    number:          autonumber({ prefix: 'CON' }),
    salutation:      choice(['sig', 'sig_ra', 'dott', 'dott_ssa', 'ing', 'avv', 'prof', 'prof_ssa', 'arch', 'geom', 'rag', 'other']),
    jobTitle:        text(),
    department:      text(),
    primaryAccount:  link('accounts', { indexed: true }),
    personAccount:   link('accounts', { readonly: true, onDelete: 'cascade' }),
    reportsTo:       link('contacts', { onDelete: 'detach' }),
    assistantName:   text({ rare: true }),
    assistantPhone:  phone({ rare: true }),
    phones:          phones(),
    emails:          emails(),
    birthday:        date({ sensitive: true }),
    taxCode:         text({ max: 16, sensitive: true }),
    language:        language(),
    timeZone:        timezone({ rare: true }),
    photo:           image(),
    mailingAddress:  address(),
    otherAddress:    address({ rare: true }),
    geo:             geo({ rare: true }),
    leadSource:      choice(leadSources),
    lifecycle:       choice(['subscriber', 'lead', 'mql', 'sql', 'opportunity', 'customer', 'evangelist', 'other'], { indexed: true }),
    engagementScore: decimal({ digits: 2, readonly: true }),
    profileStars:    rating({ max: 5, readonly: true }),
    sentiment:       choice(sentiments, { readonly: true, tones: { very_negative: 'bad', negative: 'warn', positive: 'ok', very_positive: 'ok' } }),
    doNotCall:       toggle({ default: false }),
    emailOptOut:     toggle({ default: false }),
    portalUser:      toggle({ default: false }),
    portalSince:     date({ rare: true }),
    portalUntil:     date({ rare: true }),
    isReference:     toggle({ default: false, rare: true }),
    characteristics: grid({ columns: characteristics, rare: true }),
    description:     longtext(),
  },
  many: {
    accounts: { module: 'accountContacts', by: 'contact' },
    reports: { module: 'contacts', by: 'reportsTo' },
    deals: { module: 'dealContacts', by: 'contact' },
    tickets: { module: 'tickets', by: 'contact' },
    tasks: { module: 'tasks', by: 'contact' },
    events: { module: 'events', by: 'contact' },
  },
  list: ['name', 'primaryAccount', 'jobTitle', 'emails', 'phones', 'owner', 'lastActivityAt'],
  card: ['photo', 'primaryAccount', 'jobTitle', 'phones', 'emails', 'sentiment'],
  board: 'lifecycle',
  calendar: ['birthday'],
  portal: {
    own: ['id'],
    read: ['name', 'phones', 'emails', 'mailingAddress', 'language'],
    edit: ['name', 'phones', 'emails', 'mailingAddress', 'language'],
  },
  inherits: ['primaryAccount'],
  rules: [uniqueEmail, portalAccess, primaryAccount, personAccount],
});
