import { contact, deal, hear, start } from '../../crm.ts';

const app = document.querySelector('#app')!;
app.innerHTML = `
  <crm-contact-card heading-level="2"></crm-contact-card>
  <crm-record-list module="contacts"></crm-record-list>
  <crm-ticket-form fields="subject,description"></crm-ticket-form>
  <crm-pipeline-board></crm-pipeline-board>
`;
for (const name of ['crm-ready', 'crm-save'] as const)
  for (const element of app.querySelectorAll('*')) element.addEventListener(name, hear);
app.querySelector('crm-contact-card')!.record = contact;
app.querySelector('crm-record-list')!.query = { where: { id: contact } };
app.querySelector('crm-ticket-form')!.values = { description: 'From the page' };
app.querySelector('crm-pipeline-board')!.query = { name: deal };
start();
