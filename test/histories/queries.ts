import type { Pin } from '@tessera-crm/cache/pin.js';
import type { Asked } from './device.ts';

/** What colleagues look at. */
export const staffLists: readonly Asked[] = [
  { module: 'tasks', query: { sort: ['subject'], limit: 200 } },
  {
    module: 'tasks',
    query: { where: { priority: { in: ['high', 'urgent'] } }, sort: ['-priority', 'dueDate'], limit: 5 },
  },
  {
    module: 'tasks',
    query: { where: { tags: { is: 'red' } }, sort: ['-dueDate', 'subject'], limit: 6, count: 'exact' },
  },
  {
    module: 'tasks',
    query: { where: { status: { isNot: 'completed' } }, search: 'visit', sort: ['-updatedAt'], limit: 8 },
  },
  { module: 'deals', query: { sort: ['-amount'], limit: 4, include: ['account'] } },
  { module: 'deals', query: { where: { amount: { gte: '500' } }, sort: ['expectedCloseDate', 'name'], limit: 50 } },
  { module: 'deals', query: { where: { account: { has: { tags: { is: 'red' } } } }, sort: ['name'], limit: 30 } },
  { module: 'accounts', query: { sort: ['name'], limit: 100, count: 'exact' } },
  {
    module: 'accounts',
    query: { where: { lifecycle: { isNot: 'lead' } }, sort: ['-nextActivityAt', 'name'], limit: 5 },
  },
  { module: 'tickets', query: { where: { portalVisible: { is: true } }, sort: ['-createdAt'], limit: 10 } },
  { module: 'tickets', query: { sort: ['subject'], limit: 100 } },
  { module: 'notes', query: { sort: ['-createdAt'], limit: 20 } },
  { module: 'contacts', query: { sort: ['name'], limit: 20 } },
];

/** What a customer looks at. */
export const customerLists: readonly Asked[] = [
  { module: 'tickets', query: { sort: ['subject'], limit: 100 } },
  {
    module: 'tickets',
    query: { where: { status: { notIn: ['resolved', 'closed'] } }, sort: ['-updatedAt'], limit: 4 },
  },
  {
    module: 'tickets',
    query: { where: { priority: { is: 'high' } }, sort: ['-createdAt'], limit: 10, count: 'exact' },
  },
  { module: 'contacts', query: { sort: ['name'], limit: 10 } },
];

/** What a colleague has at hand offline. */
export const staffPins: readonly Pin[] = [
  { module: 'tasks', where: { status: { isNot: 'completed' } } },
  { module: 'deals', where: { account: { has: { tags: { is: 'red' } } } } },
];

/** Every module of which records come to be. */
export const usedModules = ['tasks', 'deals', 'accounts', 'tickets', 'notes', 'contacts'] as const;
