import { Registry } from '../registry.ts';
import { events } from './activities/events.ts';
import { notes } from './activities/notes.ts';
import { tasks } from './activities/tasks.ts';
import { groups } from './administration/groups.ts';
import { profiles } from './administration/profiles.ts';
import { roles } from './administration/roles.ts';
import { sharingRules } from './administration/sharing-rules.ts';
import { tags } from './administration/tags.ts';
import { users } from './administration/users.ts';
import { products } from './billing/products.ts';
import { documents } from './documents/documents.ts';
import { accountContacts } from './parties/account-contacts.ts';
import { accounts } from './parties/accounts.ts';
import { contacts } from './parties/contacts.ts';
import { leads } from './parties/leads.ts';
import { sites } from './parties/sites.ts';
import { dealContacts } from './sales/deal-contacts.ts';
import { deals } from './sales/deals.ts';
import { lostReasons } from './sales/lost-reasons.ts';
import { pipelines } from './sales/pipelines.ts';
import { salesOrders } from './sales/sales-orders.ts';
import { stages } from './sales/stages.ts';
import { tickets } from './service/tickets.ts';

/** The modules that every tenant has, by key. */
export const builtIn = {
  accounts,
  contacts,
  accountContacts,
  sites,
  leads,
  pipelines,
  stages,
  lostReasons,
  deals,
  dealContacts,
  products,
  salesOrders,
  tickets,
  tasks,
  events,
  notes,
  documents,
  users,
  roles,
  profiles,
  groups,
  sharingRules,
  tags,
} as const;

export type Modules = typeof builtIn;

/** The modules of a tenant that has none of its own. */
export const builtInRegistry = (): Registry => new Registry(Object.values(builtIn));
