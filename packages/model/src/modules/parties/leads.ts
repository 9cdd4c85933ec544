import { address } from '../../kinds/address.ts';
import { autonumber } from '../../kinds/autonumber.ts';
import { choice } from '../../kinds/choice.ts';
import { date } from '../../kinds/date.ts';
import { datetime } from '../../kinds/datetime.ts';
import { decimal } from '../../kinds/decimal.ts';
import { anyLink } from '../../kinds/any-link.ts';
import { anyLinks } from '../../kinds/any-links.ts';
import { emails } from '../../kinds/emails.ts';
import { grid } from '../../kinds/grid.ts';
import { integer } from '../../kinds/integer.ts';
import { link } from '../../kinds/link.ts';
import { longtext } from '../../kinds/longtext.ts';
import { money } from '../../kinds/money.ts';
import { name } from '../../kinds/name.ts';
import { phones } from '../../kinds/phones.ts';
import { rating } from '../../kinds/rating.ts';
import { state } from '../../kinds/state.ts';
import { text } from '../../kinds/text.ts';
import { toggle } from '../../kinds/toggle.ts';
import { url } from '../../kinds/url.ts';
import { defineModule } from '../../module.ts';
import { undoConversion } from '../../rules/conversion-undo.ts';
import { convert } from '../../rules/conversion.ts';
import { convertedIsReadOnly, rejectionNeedsReason, stageTimes } from '../../rules/leads.ts';
import { oneOf } from '../../rules/one-of.ts';
import { industries } from './industries.ts';
import { leadSources } from './lead-sources.ts';

/** A name whose interest is not verified yet. */
export const leads = /* @__PURE__ */ defineModule('leads', {
  area: 'parties',
  title: ['name', 'company'],
  search: ['name', 'company', 'number', 'emails', 'phones', 'vatNumber'],
  // prettier-ignore
  fields: {
    name:               name({ indexed: true }),
    company:            text({ max: 200 }),
    jobTitle:           text(),
    number:             autonumber({ prefix: 'LEA' }),
    emails:             emails(),
    phones:             phones(),
    website:            url(),
    address:            address(),
    vatNumber:          text({ max: 20 }),
    industry:           choice(industries),
    employees:          integer({ min: 0 }),
    annualRevenue:      money(),
    leadSource:         choice(leadSources, { indexed: true }),
    campaign:           link('campaigns'),
    referrer:           link('subjects'),
    interest:           choice(['none', 'unknown', 'low', 'medium', 'high']),
    estimatedAmount:    money(),
    estimatedCloseDate: date(),
    productsOfInterest: anyLinks({ to: ['products', 'services'] }),
    stage:              state({
                          new: ['contacted'],
                          contacted: ['nurturing'],
                          nurturing: ['mql'],
                          mql: ['sql', 'nurturing'],
                          sql: [],
                          converted: [],
                          recycled: ['nurturing'],
                          disqualified: ['recycled'],
                          '*': ['converted', 'disqualified'],
                        }, {
                          closed: ['converted', 'disqualified'],
                          needs: { disqualified: ['disqualifyReason'] },
                          only: { converted: 'convert' },
                          undoneBy: { converted: 'undoConversion' },
                          tones: { sql: 'ok', mql: 'info', converted: 'accent', disqualified: 'bad' },
                          indexed: true,
                        }),
    disqualifyReason:   choice(['no_budget', 'no_need', 'no_authority', 'no_time', 'wrong_contact', 'competitor', 'duplicate', 'spam', 'other']),
    rejectionReason:    text(),
    recycleOn:          date(),
    rating:             choice(['hot', 'warm', 'cold'], { tones: { hot: 'bad', warm: 'warn', cold: 'info' } }),
    engagementScore:    decimal({ digits: 2, readonly: true }),
    profileStars:       rating({ max: 5, readonly: true }),
    stageEnteredAt:     datetime({ readonly: true }),
    mqlAt:              datetime({ readonly: true }),
    sqlAt:              datetime({ readonly: true }),
    convertedAt:        datetime({ readonly: true }),
    recycledAt:         datetime({ readonly: true }),
    convertedAccount:   link('accounts', { readonly: true }),
    convertedContact:   link('contacts', { readonly: true }),
    convertedDeal:      link('deals', { readonly: true }),
    convertedFrom:      choice(['new', 'contacted', 'nurturing', 'mql', 'sql', 'recycled'], { readonly: true, rare: true }),
    conversion:         grid({ columns: { record: anyLink({ to: 'any', required: true }), added: anyLinks({ to: 'any' }) }, max: 10_000, readonly: true, rare: true }),
    doNotCall:          toggle({ default: false }),
    emailOptOut:        toggle({ default: false }),
    utmSource:          text({ rare: true }),
    utmMedium:          text({ rare: true }),
    utmCampaign:        text({ rare: true }),
    utmTerm:            text({ rare: true }),
    utmContent:         text({ rare: true }),
    gclid:              text({ rare: true }),
    landingPage:        url({ rare: true }),
    referrerPage:       url({ rare: true }),
    description:        longtext(),
  },
  many: {
    deals: { module: 'deals', by: 'lead' },
  },
  list: ['name', 'company', 'stage', 'leadSource', 'engagementScore', 'owner', 'createdAt'],
  card: ['engagementScore', 'leadSource', 'nextActivityAt'],
  board: 'stage',
  calendar: ['estimatedCloseDate'],
  rules: [
    convertedIsReadOnly,
    /* @__PURE__ */ oneOf('leads.name-or-company', ['name', 'company']),
    stageTimes,
    rejectionNeedsReason,
  ],
  actions: { convert, undoConversion },
});
