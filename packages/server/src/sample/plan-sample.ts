import { addActivities } from './sample-activities.ts';
import { addParties } from './sample-parties.ts';
import { addCompetitors, addStaff } from './sample-people.ts';
import { SamplePlan, type Happening } from './sample-plan.ts';
import { addDeals, addOrder, addOrders, addPipeline, addProducts } from './sample-sales.ts';
import { addTicket, addTickets } from './sample-service.ts';
import { addShopCustomer, shopCustomers } from './shop-customers.ts';

/** How much of everything there is, the shop's customers and the competitors included. */
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
  const shop = shopCustomers.map((customer) => ({ ...customer, party: addShopCustomer(plan, staff, customer) }));
  const others = addParties(plan, staff, {
    accounts: sampleSize.accounts - rivals.length - shop.length,
    contacts: sampleSize.contacts - shop.length,
  });
  const parties = [...shop.map(({ party }) => party), ...others];
  for (const { party, orders, tickets } of shop) {
    for (const age of orders) addOrder(plan, { party, products, age });
    for (const age of tickets) addTicket(plan, { staff, products, party, age });
  }
  addDeals(plan, sampleSize.deals, { parties, pipeline, rivals });
  addOrders(plan, sampleSize.orders - shop.flatMap(({ orders }) => orders).length, { parties, products });
  addTickets(plan, sampleSize.tickets - shop.flatMap(({ tickets }) => tickets).length, { parties, staff, products });
  addActivities(plan, { staff, parties }, sampleSize);
  return plan.happenings;
};
