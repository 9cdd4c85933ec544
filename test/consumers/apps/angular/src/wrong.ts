import { Component } from '@angular/core';
import { crmElements } from './tessera/angular.js';

@Component({
  selector: 'app-wrong',
  imports: [crmElements],
  template: `
    <crm-record-list [limit]="'many'"></crm-record-list><!-- wrong -->
    <crm-record-list [query]="{ were: {} }"></crm-record-list><!-- wrong -->
    <crm-contact-card [recrod]="''"></crm-contact-card><!-- wrong -->
    <crm-contact-card (crm-open)="opened($event)"></crm-contact-card><!-- wrong -->
    <crm-record-list search [limit]="5"></crm-record-list>
  `,
})
export class Wrong {
  readonly opened = (_event: CustomEvent<{ readonly nothing: string }>): void => {};
}
