import { addActivities } from './sample-activities.ts';
import { addParties } from './sample-parties.ts';
import { addCompetitors, addStaff } from './sample-people.ts';
import { SamplePlan, type Happening } from './sample-plan.ts';
import { addDeals, addOrder, addOrders, addPipeline, addProducts } from './sample-sales.ts';
import { addTicket, addTickets } from './sample-service.ts';
import { addShopCustomer } from './shop-customer.ts';

/** How much of everything there is, the shop's customer and the competitors included. */
export const sampleSize = {
  accounts: 200,
  contacts: 600,
  deals: 300,
  tickets: 400,
  orders: 1_500,
  tasks: 120,
  events: 120,
  notes: 150,
} as const;

/** Days ago on which the shop's customer ordered something, and asked something. */
const shopOrders = [500, 390, 271, 150, 88, 40, 9];
const shopTickets = [260, 84, 21, 3];

const defaultSeed = 4600;

/**
 * A supplier of offices with a few years behind it, as changes in the order of time.
 *
 * @param now - Milliseconds since 1970: deals, orders and appointments lie around it.
 */
export const planSample = (now: number, seed = defaultSeed): readonly Happening[] => {
  const plan = new SamplePlan(seed, now);
  const staff = addStaff(plan);
  const rivals = addCompetitors(plan);
  const pipeline = addPipeline(plan);
  const products = addProducts(plan);
  const shop = addShopCustomer(plan, staff);
  const others = addParties(plan, staff, {
    accounts: sampleSize.accounts - rivals.length - 1,
    contacts: sampleSize.contacts - 1,
  });
  const parties = [shop, ...others];
  for (const age of shopOrders) addOrder(plan, { party: shop, products, age });
  for (const age of shopTickets) addTicket(plan, { staff, products, party: shop, age });
  addDeals(plan, sampleSize.deals, { parties, pipeline, rivals });
  addOrders(plan, sampleSize.orders - shopOrders.length, { parties, products });
  addTickets(plan, sampleSize.tickets - shopTickets.length, { parties, staff, products });
  addActivities(plan, { staff, parties }, sampleSize);
  return plan.happenings;
};
