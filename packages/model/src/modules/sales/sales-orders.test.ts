import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import type { AnyRecord } from '../../module.ts';
import { issuesOf, RuleBench } from '../../testing/rule-bench.ts';

const euros = (amount: string) => ({ amount, currency: 'EUR' });

const address = { line1: 'Via Roma', number: '1', city: 'Legnano', postalCode: '20025', province: 'MI', country: 'IT' };

const vat = (code: string, rate: string) => [{ code, rate }];

interface Shop {
  readonly bench: RuleBench;
  readonly account: AnyRecord;
  order(values?: Readonly<Record<string, unknown>>): Promise<AnyRecord>;
  line(values?: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
}

const shop = async (): Promise<Shop> => {
  const bench = new RuleBench();
  const values = { name: 'Neri', legalName: 'Neri S.r.l.', vatNumber: '00743110157', billingAddress: address };
  const account = await bench.add('accounts', values);
  const line = (more = {}) => ({ id: bench.newId(), quantity: '1', unitPrice: '10', taxes: vat('22', '22'), ...more });
  const order = (more = {}) =>
    bench.add('salesOrders', { subject: 'Chairs', account: account.id, lines: [line()], ...more });
  return { bench, account, order, line };
};

describe('a sales order', () => {
  test('adds up: the example of the catalogue gives 304.47', async () => {
    const { order, line } = await shop();
    const made = await order({
      lines: [
        line({ quantity: '3', unitPrice: '19.99' }),
        line({ quantity: '2', unitPrice: '45.50', discount: { percent: '10' } }),
        line({ unitPrice: '120', taxes: vat('10', '10') }),
      ],
      discountPercent: '5',
      charges: [{ name: 'Shipping', amount: '12', taxCode: '22', taxRate: '22' }],
    });
    const { subtotal, discount, chargesTotal, taxable, tax, total, toPay } = made;
    assert.deepEqual(
      [subtotal, discount, chargesTotal, taxable, tax, total, toPay],
      ['261.87', '13.09', '12.00', '260.78', '43.69', '304.47', '304.47'].map(euros),
    );
    assert.deepEqual(made['taxSummary'], [
      { code: '22', rate: '22.000', base: '146.78', amount: '32.29' },
      { code: '10', rate: '10.000', base: '114.00', amount: '11.40' },
    ]);
  });

  test('keeps a professional’s withholding apart: 1,068.80 to pay', async () => {
    const { order, line } = await shop();
    const made = await order({
      lines: [line({ unitPrice: '1000' })],
      charges: [{ name: 'Fund', percent: '4', taxCode: '22', taxRate: '22' }],
      deductedTaxes: [{ code: 'RIT', rate: '20', on: null }],
    });
    assert.deepEqual([made['total'], made['deducted'], made['toPay']], ['1268.80', '200.00', '1068.80'].map(euros));
  });

  test('knows its margin when it knows costs', async () => {
    const { order, line } = await shop();
    const made = await order({ lines: [line({ unitPrice: '10', cost: '6' })] });
    assert.deepEqual(made['marginAmount'], euros('4.00'));
    assert.equal(made['marginPercent'], '40.00');
  });

  test('is of today, in the currency of the customer, numbered', async () => {
    const { bench, order } = await shop();
    const made = await order();
    assert.deepEqual([made['orderDate'], made['currency'], made['number']], ['2026-06-15', 'EUR', 'ORD1']);
    const swiss = await bench.add('accounts', { name: 'Swiss', currency: 'CHF' });
    assert.equal((await order({ account: swiss.id }))['currency'], 'CHF');
  });

  test('has one discount, not two', async () => {
    const { order } = await shop();
    const work = order({ discountPercent: '5', discountAmount: '1' });
    assert.deepEqual(await issuesOf(work), ['/discountAmount one-discount']);
  });

  test('is not taken from a blocked account', async () => {
    const { bench, account, order } = await shop();
    await bench.set('accounts', account, { status: 'blocked', blockReason: 'Does not pay' });
    assert.deepEqual(await issuesOf(order()), ['/account blocked']);
  });

  test('confirmed keeps the customer as it is then, and makes a customer of the account', async () => {
    const { bench, account, order } = await shop();
    const made = await order();
    await bench.act('salesOrders', made, 'confirm');
    await bench.set('accounts', account, { legalName: 'Neri S.p.A.', billingAddress: { ...address, number: '99' } });
    const confirmed = bench.get('salesOrders', made.id);
    assert.equal(confirmed['status'], 'confirmed');
    assert.equal(confirmed['confirmedAt'], bench.now);
    assert.equal(confirmed['accountName'], 'Neri S.r.l.');
    assert.equal(confirmed['accountVatNumber'], '00743110157');
    assert.equal((confirmed['billingAddress'] as typeof address).number, '1');
    assert.equal((confirmed['shippingAddress'] as typeof address).number, '1');
    assert.equal(bench.get('accounts', account.id)['lifecycle'], 'customer');
  });

  test('takes its addresses from its sites', async () => {
    const { bench, account, order } = await shop();
    const site = await bench.add('sites', { account: account.id, name: 'Hall', address: { ...address, number: '7' } });
    const made = await order({ shippingSite: site.id });
    await bench.act('salesOrders', made, 'confirm');
    assert.equal((bench.get('salesOrders', made.id)['shippingAddress'] as typeof address).number, '7');
    assert.deepEqual(await issuesOf(bench.remove('sites', site)), [' in-use']);
  });

  test('is not confirmed without lines', async () => {
    const { bench, order } = await shop();
    const made = await order({ lines: [] });
    assert.deepEqual(await issuesOf(bench.act('salesOrders', made, 'confirm')), ['/lines required']);
  });

  test('confirmed keeps what was agreed, while deliveries go on', async () => {
    const { bench, order } = await shop();
    const made = await order();
    await bench.act('salesOrders', made, 'confirm');
    const [line] = made['lines'] as readonly Readonly<Record<string, unknown>>[];
    const dearer = bench.set('salesOrders', made, { lines: [{ ...line, unitPrice: '11' }] });
    assert.deepEqual(await issuesOf(dearer), ['/lines locked']);
    assert.deepEqual(await issuesOf(bench.set('salesOrders', made, { currency: 'CHF' })), ['/currency locked']);
    const sent = await bench.set('salesOrders', made, { lines: [{ ...line, delivered: '1', serials: ['SN1'] }] });
    assert.equal(sent['deliveryStatus'], 'full');
    assert.equal(sent['invoiceStatus'], 'none');
  });

  test('is cancelled while nothing is delivered or invoiced', async () => {
    const { bench, order, line } = await shop();
    const quiet = await order();
    await bench.act('salesOrders', quiet, 'cancel', { reason: 'Changed their mind' });
    assert.equal(bench.get('salesOrders', quiet.id)['cancelReason'], 'Changed their mind');
    const moving = await order({ lines: [line({ invoiced: '1' })] });
    const work = bench.act('salesOrders', moving, 'cancel');
    assert.deepEqual(await issuesOf(work), ['/status delivered-or-invoiced']);
    assert.deepEqual(await issuesOf(bench.act('salesOrders', quiet, 'confirm')), ['/status lifecycle.forbidden']);
  });

  test('is closed straight from confirmed when there are no goods to deliver', async () => {
    const { bench, order, line } = await shop();
    const chair = await bench.add('products', { name: 'Chair', sku: 'C1', price: euros('10') });
    const advice = await bench.add('products', { name: 'Advice', sku: 'A1', price: euros('10'), type: 'virtual' });
    const goods = await order({ lines: [line({ item: chair.id })], status: 'confirmed' });
    const services = await order({ lines: [line({ item: advice.id }), line()], status: 'confirmed' });
    const work = bench.set('salesOrders', goods, { status: 'closed' });
    assert.deepEqual(await issuesOf(work), ['/status undelivered']);
    await bench.set('salesOrders', services, { status: 'closed' });
  });

  test('hides from customers what its lines cost', async () => {
    const { order, line } = await shop();
    const made = await order({ lines: [line({ cost: '6', glAccount: '400' })] });
    const [shown] = made['customerLines'] as readonly Readonly<Record<string, unknown>>[];
    assert.deepEqual([shown!['cost'], shown!['glAccount'], shown!['unitPrice']], [null, null, '10.0000']);
  });

  test('shows itself to customers once it is no draft, or when it is theirs', async () => {
    const { order } = await shop();
    assert.equal((await order())['portalVisible'], false);
    assert.equal((await order({ status: 'confirmed' }))['portalVisible'], true);
    assert.equal((await order({ channel: 'portal' }))['portalVisible'], true);
  });

  test('is ordered again as a draft of its own', async () => {
    const { bench, order, line } = await shop();
    const made = await order({ lines: [line({ delivered: '1' })], status: 'confirmed' });
    bench.identity = { type: 'subject', module: 'accounts', id: made['account'] as string };
    const again = bench.get('salesOrders', (await bench.act('salesOrders', made, 'reorder'))['order']);
    assert.deepEqual([again['status'], again['channel'], again['deliveryStatus']], ['draft', 'portal', 'none']);
    assert.deepEqual(again['total'], made['total']);
  });

  test('holds the products it names', async () => {
    const { bench, order, line } = await shop();
    const chair = await bench.add('products', { name: 'Chair', sku: 'C1', price: euros('10') });
    await order({ lines: [line({ item: chair.id })] });
    assert.deepEqual(await issuesOf(bench.remove('products', chair)), [' in-use']);
    const unknown = order({ lines: [line({ item: bench.newId() })] });
    assert.deepEqual(await issuesOf(unknown), ['/products missing-link']);
  });
});
