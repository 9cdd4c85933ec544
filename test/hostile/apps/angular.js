// A host in Angular 22, which compiles its template in the page, sets what is in brackets as properties, and hears what
// is in parentheses.
import '@angular/compiler';
import { Component, CUSTOM_ELEMENTS_SCHEMA, provideZonelessChangeDetection, signal } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { known } from './known.js';

class Page {
  opened = signal('nobody');
  contact = known.contact;
  query = { where: { contact: known.contact }, sort: ['subject'] };
  values = { contact: known.contact, account: known.account };
}

const App = Component({
  selector: '[host-app]',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <output id="opened">{{ opened() }}</output>
    <crm-contact-card
      id="card"
      heading-level="2"
      [record]="contact"
      (crm-open)="opened.set($event.detail.id)"
    ></crm-contact-card>
    <crm-record-list
      id="history"
      module="tickets"
      label="History"
      columns="subject,status"
      [query]="query"
    ></crm-record-list>
    @if (true) {
      <crm-ticket-form id="form" fields="subject,description" attachments="off" [values]="values"></crm-ticket-form>
    }
    <crm-pipeline-board id="board" pipeline="default"></crm-pipeline-board>
  `,
})(Page);

await bootstrapApplication(App, { providers: [provideZonelessChangeDetection()] });
