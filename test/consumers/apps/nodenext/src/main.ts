import type { CrmEvents, PipelineBoardElement } from '@tessera-crm/elements';
import { contact, deal, hear, start } from '../../crm.ts';

const saved: CrmEvents['save'][] = [];

const make = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]>,
): HTMLElementTagNameMap[Tag] => {
  const element = Object.assign(document.createElement(tag), properties);
  element.addEventListener('crm-ready', hear);
  return element;
};

const form = make('crm-ticket-form', { fields: 'subject,description', values: { description: 'From the page' } });
form.addEventListener('crm-save', (event) => {
  saved.push(event.detail);
  hear(event);
});
const board: PipelineBoardElement = make('crm-pipeline-board', { query: { name: deal } });
document
  .querySelector('#app')!
  .append(
    make('crm-contact-card', { record: contact, headingLevel: 2 }),
    make('crm-record-list', { module: 'contacts', query: { where: { id: contact } } }),
    form,
    board,
  );
start();
