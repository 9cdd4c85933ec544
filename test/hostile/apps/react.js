// A host in React 19, which hands objects to elements as properties, and listeners as `oncrm-open`.
import { createElement as h, StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { known } from './known.js';

const App = () => {
  const [opened, setOpened] = useState('nobody');
  return h(
    StrictMode,
    null,
    h('output', { id: 'opened' }, opened),
    h('crm-contact-card', {
      id: 'card',
      'heading-level': 2,
      record: known.contact,
      'oncrm-open': (event) => setOpened(event.detail.id),
    }),
    h('crm-record-list', {
      id: 'history',
      module: 'tickets',
      label: 'History',
      columns: 'subject,status',
      query: { where: { contact: known.contact }, sort: ['subject'] },
    }),
    h('crm-ticket-form', {
      id: 'form',
      fields: 'subject,description',
      attachments: 'off',
      values: { contact: known.contact, account: known.account },
    }),
    h('crm-pipeline-board', { id: 'board', pipeline: 'default' }),
  );
};

createRoot(document.querySelector('#widgets')).render(h(App));
