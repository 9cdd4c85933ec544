// A host in Vue 3, which sets what an element has as a property, and everything else as an attribute.
import { createApp, h, ref } from 'vue';
import { known } from './known.js';

const opened = ref('nobody');
createApp({
  render: () => [
    h('output', { id: 'opened' }, opened.value),
    h('crm-contact-card', {
      id: 'card',
      'heading-level': 2,
      record: known.contact,
      'onCrm-open': (event) => (opened.value = event.detail.id),
    }),
    h('crm-record-list', {
      id: 'history',
      module: 'tickets',
      label: 'History',
      columns: 'subject,status',
      '.query': { where: { contact: known.contact }, sort: ['subject'] },
    }),
    h('crm-ticket-form', {
      id: 'form',
      fields: 'subject,description',
      attachments: 'off',
      '.values': { contact: known.contact, account: known.account },
    }),
    h('crm-pipeline-board', { id: 'board', pipeline: 'default' }),
  ],
}).mount('#widgets');
