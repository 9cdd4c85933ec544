import { act, create } from '@tessera-crm/model/change.js';
import { comment, type Deeds, type Doing } from './staff-deeds.ts';

const ask: Doing = ({ random, plan, newId }) => {
  const id = newId();
  return [
    create('tickets', id as never, {
      subject: `Case ${plan.mark('tickets', id, 'subject')}`,
      description: `<p>${plan.mark('tickets', id, 'description')}</p>`,
      priority: random.pick(['normal', 'high']),
    }),
  ];
};

const conclude: Doing = ({ tab, random }) => {
  const shown = tab.shown('tickets');
  if (shown.length === 0) return [];
  const { id, status } = random.pick(shown);
  const isDone = ['resolved', 'closed'].includes(status as string);
  return [
    isDone ? act('tickets', id as never, 'reopen') : act('tickets', id as never, 'close', { resolution: 'Done' }),
  ];
};

/** What a customer does. */
export const customerDeeds: Deeds = [
  [5, ask],
  [7, comment],
  [3, conclude],
];
