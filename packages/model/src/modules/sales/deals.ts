import { autonumber } from '../../kinds/autonumber.ts';
import { choice } from '../../kinds/choice.ts';
import { computed } from '../../kinds/computed.ts';
import { date } from '../../kinds/date.ts';
import { datetime } from '../../kinds/datetime.ts';
import { integer } from '../../kinds/integer.ts';
import { lines } from '../../kinds/lines.ts';
import { link } from '../../kinds/link.ts';
import { links } from '../../kinds/links.ts';
import { longtext } from '../../kinds/longtext.ts';
import { money } from '../../kinds/money.ts';
import { percent } from '../../kinds/percent.ts';
import { text } from '../../kinds/text.ts';
import { toggle } from '../../kinds/toggle.ts';
import { defineModule } from '../../module.ts';
import { amountOfLines, weightedAmount } from '../../rules/deal-amounts.ts';
import { placeInPipeline, stageOfPipeline } from '../../rules/deal-pipeline.ts';
import { closeDate, closing, enterStage, probability, stageGate } from '../../rules/deal-stages.ts';
import { dealLiftsAccount } from '../../rules/deals.ts';
import { oneOf } from '../../rules/one-of.ts';
import { leadSources } from '../parties/lead-sources.ts';
import { sentiments } from '../parties/sentiments.ts';
import { forecastCategories } from './forecast-categories.ts';

/** A sale we may win: one buyer, one amount, one place in a pipeline. */
export const deals = /* @__PURE__ */ defineModule('deals', {
  area: 'sales',
  title: ['name'],
  search: ['name', 'number', 'nextStep'],
  // prettier-ignore
  fields: {
    name:                text({ required: true, max: 200 }),
    number:              autonumber({ prefix: 'DEA' }),
    account:             link('accounts', { onDelete: 'restrict', restrictWhile: { outcome: 'open' }, indexed: true }),
    lead:                link('leads', { indexed: true }),
    contact:             link('contacts', { onDelete: 'detach', detachWhile: { outcome: 'open' }, indexed: true }),
    sellerCompany:       text({ rare: true }),
    sellerSignatory:     text({ rare: true }),
    pipeline:            link('pipelines', { filled: true, onDelete: 'restrict', indexed: true }),
    stage:               link('stages', { filled: true, onDelete: 'restrict', indexed: true, merge: 'ask' }),
    customerStage:       text({ readonly: true, rare: true }),
    outcome:             choice(['open', 'won', 'lost'], { readonly: true, indexed: true, tones: { won: 'ok', lost: 'bad' } }),
    stageEnteredAt:      datetime({ readonly: true }),
    amount:              money({ indexed: true }),
    amountMode:          choice(['manual', 'lines'], { default: 'manual', rare: true }),
    recurringAmount:     money({ rare: true }),
    recurringMonths:     integer({ min: 1, rare: true }),
    probability:         percent(),
    probabilityMode:     choice(['stage', 'manual', 'predicted'], { default: 'stage', rare: true }),
    weightedAmount:      computed(money(), ['amount', 'probability'], weightedAmount),
    forecastCategory:    choice(forecastCategories),
    forecastLocked:      toggle({ default: false, rare: true }),
    expectedCloseDate:   date({ required: true, indexed: true, merge: 'ask' }),
    actualCloseDate:     date({ readonly: true, indexed: true }),
    type:                choice(['new_business', 'existing_business', 'renewal', 'upsell']),
    leadSource:          choice(leadSources),
    campaign:            link('campaigns'),
    nextStep:            text(),
    lostReason:          link('lostReasons'),
    lostTo:              link('accounts'),
    wonReason:           text(),
    competitors:         links('accounts'),
    budgetConfirmed:     toggle({ default: false }),
    authorityConfirmed:  toggle({ default: false }),
    needConfirmed:       toggle({ default: false }),
    timelineConfirmed:   toggle({ default: false }),
    winProbability:      percent({ readonly: true }),
    sentiment:           choice(sentiments, { readonly: true }),
    productsOfInterest:  links('products'),
    lines:               lines({ rare: true }),
    portalVisible:       toggle({ default: false, rare: true }),
    description:         longtext(),
  },
  many: {
    contacts: { module: 'dealContacts', by: 'deal' },
    orders: { module: 'salesOrders', by: 'deal' },
    events: { module: 'events', by: 'deal' },
  },
  list: ['name', 'account', 'amount', 'stage', 'probability', 'expectedCloseDate', 'owner', 'nextActivityAt'],
  card: ['amount', 'account', 'expectedCloseDate', 'sentiment'],
  board: 'stage',
  calendar: ['expectedCloseDate'],
  portal: {
    own: ['account', 'contact'],
    visible: 'portalVisible',
    read: ['name', 'customerStage'],
  },
  rules: [
    placeInPipeline,
    /* @__PURE__ */ oneOf('deals.account-or-lead', ['account', 'lead']),
    stageOfPipeline,
    amountOfLines,
    stageGate,
    enterStage,
    probability,
    closing,
    closeDate,
    dealLiftsAccount,
  ],
});
