import { text } from '../kinds/text.ts';
import type { Line } from '../kinds/lines.ts';
import type { Action } from '../rule.ts';
import { toScale } from '../decimal.ts';

/** Both sides agree. */
export const confirm: Action = {
  id: 'salesOrders.confirm',
  args: {},
  async run(step) {
    step.set('status', 'confirmed');
    return { status: 'confirmed' };
  },
};

/** The order is called off before anything has happened. */
export const cancel: Action = {
  id: 'salesOrders.cancel',
  args: { reason: text() },
  async run(step, { reason }) {
    if (reason !== null) step.set('cancelReason', reason);
    step.set('status', 'cancelled');
    return { status: 'cancelled' };
  },
};

/** What of an order the next one like it takes over. */
// prettier-ignore
const copied = [
  'subject', 'account', 'contact', 'site', 'billingSite', 'shippingSite', 'currency', 'priceBook', 'taxMode',
  'taxRegion', 'rounding', 'splitPayment', 'discountPercent', 'discountAmount', 'charges', 'deductedTaxes',
  'paymentTerm', 'deliveryTerms', 'carrier', 'shippingMethod', 'owner',
];

const untouched = toScale('0', 4);

/** As if it had just been written: a line's id is good within its own document only, so it may stay. */
const freshLine = (line: Line): Line => ({
  ...line,
  serials: [],
  source: null,
  delivered: untouched,
  invoiced: untouched,
  cancelled: untouched,
  returned: untouched,
});

/** The same once more, as a draft. */
export const reorder: Action = {
  id: 'salesOrders.reorder',
  args: {},
  async run(step) {
    const values = Object.fromEntries(copied.map((field) => [field, step.record[field]]));
    const lines = (step.record['lines'] as readonly Line[]).map(freshLine);
    const channel = step.context.identity.type === 'subject' ? 'portal' : 'crm';
    return { order: (await step.create('salesOrders', { ...values, lines, channel })).id };
  },
};
