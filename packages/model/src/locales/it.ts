import { activities } from './it/activities.ts';
import { administration } from './it/administration.ts';
import { orders } from './it/orders.ts';
import { parties } from './it/parties.ts';
import { products } from './it/products.ts';
import { records } from './it/records.ts';
import { sales } from './it/sales.ts';
import { sentences } from './it/sentences.ts';
import { service } from './it/service.ts';
import type { Messages } from './label.ts';

/** Italian, complete. */
export const messages: Messages = {
  ...records,
  ...parties,
  ...sales,
  ...products,
  ...orders,
  ...service,
  ...activities,
  ...administration,
  ...sentences,
};
