import { Component } from '@angular/core';
import { contact, deal, hear } from '../../crm.js';
import { crmElements } from './tessera/angular.js';

@Component({
  selector: 'app-root',
  imports: [crmElements],
  template: `
    <crm-contact-card [record]="contact" [headingLevel]="2" (crm-ready)="hear($event)"></crm-contact-card>
    <crm-record-list module="contacts" [query]="only" (crm-ready)="hear($event)"></crm-record-list>
    <crm-ticket-form
      fields="subject,description"
      [values]="values"
      serial-hint="On the back"
      (crm-ready)="hear($event)"
      (crm-save)="hear($event)"
    ></crm-ticket-form>
    <crm-pipeline-board [query]="{ name: deal }" (crm-ready)="hear($event)"></crm-pipeline-board>
  `,
})
export class App {
  readonly contact = contact;
  readonly deal = deal;
  readonly only = { where: { id: contact } };
  readonly values = { description: 'From the page' };
  readonly hear = hear;
}
