// The islands of h28-astro, in React as Astro's own integration renders it: over what the server printed, or from
// nothing where it printed nothing.
import { CrmContactCard, CrmRecordList } from '@tessera-crm/elements/react';
import { createElement as h, useState } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';

export const Person = ({ record }) => {
  const [opened, setOpened] = useState('nobody');
  return h(
    'section',
    null,
    h('output', { id: 'opened' }, opened),
    h(CrmContactCard, { id: 'card', headingLevel: 2, record, onCrmOpen: ({ detail }) => setOpened(detail.id) }),
  );
};

export const History = ({ query }) =>
  h(CrmRecordList, { id: 'history', module: 'tickets', label: 'History', columns: 'subject,status', query });

const renderer =
  (island) =>
  async (Component, props, _slots, { client }) => {
    const app = h(Component, props);
    if (client === 'only') createRoot(island).render(app);
    else hydrateRoot(island, app, { onRecoverableError: (error) => console.error(error) });
  };
export { renderer as default };
