import { address } from '../../kinds/address.ts';
import { autonumber } from '../../kinds/autonumber.ts';
import { choice } from '../../kinds/choice.ts';
import { computed } from '../../kinds/computed.ts';
import { currency } from '../../kinds/currency.ts';
import { date } from '../../kinds/date.ts';
import { datetime } from '../../kinds/datetime.ts';
import { decimal } from '../../kinds/decimal.ts';
import { grid } from '../../kinds/grid.ts';
import { integer } from '../../kinds/integer.ts';
import { lines } from '../../kinds/lines.ts';
import { link } from '../../kinds/link.ts';
import { links } from '../../kinds/links.ts';
import { longtext } from '../../kinds/longtext.ts';
import { money } from '../../kinds/money.ts';
import { percent } from '../../kinds/percent.ts';
import { richtext } from '../../kinds/richtext.ts';
import { state } from '../../kinds/state.ts';
import { tags } from '../../kinds/tags.ts';
import { text } from '../../kinds/text.ts';
import { toggle } from '../../kinds/toggle.ts';
import { defineModule } from '../../module.ts';
import { cancel, confirm, reorder } from '../../rules/order-actions.ts';
import { deliveryStatusOf, forCustomers, invoiceStatusOf, productsOf } from '../../rules/order-lines.ts';
import { orderTotals } from '../../rules/order-totals.ts';
import {
  accountNotBlocked,
  confirmation,
  frozenOnceConfirmed,
  isForCustomer,
  orderDefaults,
  orderGuards,
} from '../../rules/orders.ts';

/** Statuses in which an order still has something to be done. */
const open = { status: { in: ['draft', 'in_approval', 'confirmed', 'partially_delivered', 'delivered'] } } as const;

/** What a customer ordered. */
export const salesOrders = /* @__PURE__ */ defineModule('salesOrders', {
  area: 'sales',
  title: ['number', 'account'],
  search: ['number', 'subject', 'customerOrderNumber', 'accountName'],
  // prettier-ignore
  fields: {
    number:               autonumber({ prefix: 'ORD' }),
    subject:              text({ required: true }),
    account:              link('accounts', { required: true, onDelete: 'restrict', restrictWhile: open, indexed: true }),
    contact:              link('contacts', { onDelete: 'detach', indexed: true }),
    site:                 link('sites', { onDelete: 'restrict', restrictWhile: open }),
    billingSite:          link('sites', { onDelete: 'restrict', restrictWhile: open, rare: true }),
    shippingSite:         link('sites', { onDelete: 'restrict', restrictWhile: open, rare: true }),
    deal:                 link('deals', { onDelete: 'detach', indexed: true }),
    quote:                link('quotes', { onDelete: 'restrict' }),
    customerOrderNumber:  text({ max: 60 }),
    customerOrderDate:    date(),
    cig:                  text({ max: 15, rare: true }),
    cup:                  text({ max: 15, rare: true }),
    orderDate:            date({ filled: true, indexed: true }),
    requestedDeliveryDate: date(),
    status:               state({
                            draft: ['in_approval', 'confirmed', 'cancelled'],
                            in_approval: ['confirmed'],
                            confirmed: ['partially_delivered', 'closed', 'cancelled'],
                            partially_delivered: ['delivered'],
                            delivered: ['closed'],
                            closed: ['confirmed'],
                            cancelled: [],
                          }, { closed: ['closed', 'cancelled'], tones: { confirmed: 'info', delivered: 'ok', closed: 'neutral', cancelled: 'bad' }, indexed: true }),
    invoiceStatus:        computed(choice(['none', 'partial', 'full']), ['lines'], invoiceStatusOf),
    deliveryStatus:       computed(choice(['none', 'partial', 'full']), ['lines'], deliveryStatusOf),
    confirmedAt:          datetime({ readonly: true }),
    cancelReason:         text(),

    currency:             currency({ filled: true }),
    rate:                 decimal({ digits: 6, rare: true }),
    priceBook:            link('priceBooks'),
    taxMode:              choice(['exclusive', 'inclusive'], { default: 'exclusive', rare: true }),
    taxRegion:            link('taxRegions', { rare: true }),
    rounding:             choice(['document', 'line'], { default: 'document', rare: true }),
    splitPayment:         toggle({ default: false, rare: true }),
    lines:                lines({ required: true }),
    customerLines:        computed(lines(), ['lines'], forCustomers),
    products:             computed(links('products', { onDelete: 'restrict', indexed: true }), ['lines'], productsOf),
    discountPercent:      percent(),
    discountAmount:       decimal({ digits: 2, min: 0 }),
    charges:              grid({ columns: { name: text({ required: true, max: 120 }), percent: percent(), amount: decimal({ digits: 2 }), taxCode: text({ max: 30 }), taxRate: percent({ digits: 3 }) } }),
    deductedTaxes:        grid({ columns: { code: text({ required: true, max: 30 }), rate: percent({ required: true, digits: 3 }), on: choice(['lines', 'taxable']) }, rare: true }),
    adjustment:           decimal({ digits: 2, rare: true }),
    subtotal:             money({ readonly: true }),
    discount:             money({ readonly: true }),
    chargesTotal:         money({ readonly: true }),
    taxable:              money({ readonly: true }),
    taxSummary:           grid({ columns: { code: text({ required: true, max: 30 }), rate: decimal({ required: true, digits: 3 }), base: decimal({ required: true }), amount: decimal({ required: true }) }, readonly: true }),
    tax:                  money({ readonly: true }),
    total:                money({ readonly: true, indexed: true }),
    deducted:             money({ readonly: true, rare: true }),
    toPay:                money({ readonly: true }),
    marginAmount:         money({ readonly: true, sensitive: true }),
    marginPercent:        decimal({ digits: 2, readonly: true, sensitive: true }),

    accountName:          text({ readonly: true, rare: true }),
    accountVatNumber:     text({ max: 20, readonly: true, rare: true }),
    accountTaxCode:       text({ max: 16, readonly: true, rare: true }),
    billingAddress:       address({ rare: true }),
    shippingAddress:      address({ rare: true }),

    paymentTerm:          link('paymentTerms'),
    deliveryTerms:        text({ rare: true }),
    carrier:              text({ rare: true }),
    leadTime:             text({ max: 60, rare: true }),
    shippingMethod:       text({ rare: true }),
    trackingNumbers:      tags(),
    channel:              choice(['crm', 'portal', 'ecommerce', 'erp', 'mobile'], { default: 'crm' }),
    externalPaymentMethod:      text({ max: 60, rare: true }),
    externalPaymentStatus:      text({ max: 60, rare: true }),
    externalPaymentTransaction: text({ rare: true }),
    externalPaymentPaidAt:      datetime({ rare: true }),
    recurringFrequency:   choice(['day', 'week', 'month', 'quarter', 'year'], { rare: true }),
    recurringInterval:    integer({ min: 1, rare: true }),
    recurringStart:       date({ rare: true }),
    recurringEnd:         date({ rare: true }),
    recurringCount:       integer({ min: 1, rare: true }),
    recurringInvoiceStatus: choice(['draft', 'issued'], { rare: true }),
    recurringPaymentTerm: link('paymentTerms', { rare: true }),
    portalVisible:        computed(toggle({ rare: true }), ['status', 'channel'], isForCustomer),
    subjects:             links('subjects', { rare: true }),
    template:             link('documentTemplates', { rare: true }),
    introText:            longtext({ rare: true }),
    terms:                richtext({ rare: true }),
    notes:                longtext(),
  },
  list: ['number', 'account', 'orderDate', 'status', 'total', 'toPay', 'requestedDeliveryDate'],
  card: ['total', 'status', 'nextActivityAt'],
  board: 'status',
  calendar: ['orderDate', 'requestedDeliveryDate'],
  // prettier-ignore
  portal: {
    own: ['account', 'contact'],
    visible: 'portalVisible',
    read: ['number', 'subject', 'orderDate', 'requestedDeliveryDate', 'customerOrderNumber', 'status', 'deliveryStatus', 'currency', 'customerLines', 'subtotal', 'discount', 'chargesTotal', 'taxable', 'tax', 'total', 'toPay', 'shippingAddress', 'carrier', 'trackingNumbers'],
    actions: ['reorder'],
  },
  rules: [orderDefaults, accountNotBlocked, frozenOnceConfirmed, orderTotals, orderGuards, confirmation],
  actions: { confirm, cancel, reorder },
});
