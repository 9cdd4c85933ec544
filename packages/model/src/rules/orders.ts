import { compareDecimals, toDecimal } from '../decimal.ts';
import type { Line } from '../kinds/lines.ts';
import type { AnyRecord } from '../module.ts';
import type { Rule, Step } from '../rule.ts';
import { liftAccount } from './account-lifecycle.ts';
import { same } from './conflicts.ts';
import { pricedFields } from './order-totals.ts';
import { today } from './today.ts';

interface Order {
  readonly account: string;
  readonly status: string;
  readonly currency: string | null;
  readonly orderDate: string | null;
  readonly lines: readonly Line[];
  readonly billingSite: string | null;
  readonly shippingSite: string | null;
  readonly billingAddress: unknown;
  readonly shippingAddress: unknown;
}

const orderOf = (step: Step): Order => step.record as unknown as Order;

/** An order is of today and in the customer's currency, unless told. */
export const orderDefaults: Rule = {
  id: 'salesOrders.defaults',
  on: 'fill',
  when: ['orderDate', 'currency'],
  async run(step) {
    const { account, currency, orderDate } = orderOf(step);
    if (orderDate === null) step.set('orderDate', today(step.context));
    if (currency !== null) return;
    const customer = account ? await step.read.get('accounts', account) : null;
    step.set('currency', customer?.['currency'] ?? step.context.settings.currency);
  },
};

/** Blocked customers order nothing more. */
export const accountNotBlocked: Rule = {
  id: 'salesOrders.account-not-blocked',
  when: ['account'],
  async run(step) {
    const account = await step.read.get('accounts', orderOf(step).account);
    if (account?.['status'] === 'blocked') step.refuse('account', 'blocked', { reason: account['blockReason'] });
  },
};

/** What of a line goes on changing after the order is confirmed. */
const moving = new Set(['delivered', 'invoiced', 'cancelled', 'returned', 'serials']);

const agreed = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map((row) => Object.fromEntries(Object.entries(row as object).filter(([key]) => !moving.has(key))))
    : value;

const isDraft = (status: unknown): boolean => status === 'draft' || status === 'in_approval';

/** Customers see what they ordered themselves, and of ours what is no longer a draft. */
export const isForCustomer = (status: string | null, channel: string | null): boolean =>
  channel === 'portal' || !isDraft(status);

/** What was agreed with the customer stays as it was agreed; how much of it was delivered goes on. */
export const frozenOnceConfirmed: Rule = {
  id: 'salesOrders.frozen-once-confirmed',
  when: ['account', ...pricedFields],
  run(step) {
    const { before } = step;
    if (before === null || isDraft(before['status'])) return;
    for (const field of ['account', ...pricedFields]) {
      if (!same(agreed(before[field]), agreed(step.record[field]))) {
        step.refuse(field, 'locked', { state: before['status'] });
      }
    }
  },
};

const zero = toDecimal('0');

const hasMoved = ({ delivered, invoiced }: Line): boolean =>
  compareDecimals(toDecimal(delivered), zero) !== 0 || compareDecimals(toDecimal(invoiced), zero) !== 0;

const isDelivered = ({ quantity, delivered, cancelled }: Line): boolean =>
  compareDecimals(toDecimal(delivered), toDecimal(quantity)) >= 0 ||
  compareDecimals(toDecimal(cancelled), toDecimal(quantity)) >= 0;

/** Goods lie in stock; services are done once they are invoiced. */
const awaitsGoods = async (step: Step, lines: readonly Line[]): Promise<boolean> => {
  for (const { item } of lines.filter((line) => !isDelivered(line))) {
    const product = item === null ? null : await step.read.get('products', item);
    if (product?.['type'] === 'stocked') return true;
  }
  return false;
};

/** An order is confirmed with lines, closed when no goods are missing, cancelled while nothing has happened. */
export const orderGuards: Rule = {
  id: 'salesOrders.guards',
  when: ['status'],
  async run(step) {
    const { status, lines } = orderOf(step);
    const from = step.before?.['status'];
    if (status === 'confirmed' && lines.length === 0) step.refuse('lines', 'required', { state: status });
    if (status === 'cancelled' && lines.some(hasMoved)) step.refuse('status', 'delivered-or-invoiced');
    if (from === 'confirmed' && status === 'closed' && (await awaitsGoods(step, lines))) {
      step.refuse('status', 'undelivered');
    }
  },
};

const addressOf = async (step: Step, site: string | null, account: AnyRecord | null, field: string) =>
  (site === null ? null : (await step.read.get('sites', site))?.['address']) ?? account?.[field] ?? null;

/** Confirmed, an order keeps the customer's name, numbers and addresses as they are then; the customer is one now. */
export const confirmation: Rule = {
  id: 'salesOrders.confirmation',
  when: ['status'],
  async run(step) {
    const order = orderOf(step);
    if (order.status !== 'confirmed' || (step.before !== null && !isDraft(step.before['status']))) return;
    const account = await step.read.get('accounts', order.account);
    step.set('confirmedAt', step.context.now);
    step.set('accountName', account?.['legalName'] ?? account?.['name'] ?? null);
    step.set('accountVatNumber', account?.['vatNumber'] ?? null);
    step.set('accountTaxCode', account?.['taxCode'] ?? null);
    const billing = await addressOf(step, order.billingSite, account, 'billingAddress');
    const shipping = await addressOf(step, order.shippingSite, account, 'shippingAddress');
    step.set('billingAddress', order.billingAddress ?? billing);
    step.set('shippingAddress', order.shippingAddress ?? shipping ?? billing);
    await liftAccount(step, order.account, 'customer');
  },
};
