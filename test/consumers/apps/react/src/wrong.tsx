import { CrmContactCard, CrmRecordList } from '@tessera-crm/elements/react';

export const level = <CrmContactCard headingLevel="two" />; // wrong
export const listener = <CrmContactCard onCrmSaved={() => {}} />; // wrong
export const detail = <CrmContactCard onCrmOpen={(event) => event.detail.nothing} />; // wrong
export const query = <CrmRecordList module="contacts" query={{ were: {} }} />; // wrong
export const plain = <crm-record-list limit="many"></crm-record-list>; // wrong
export const plainListener = <crm-contact-card oncrm-open={(event) => event.detail.nothing}></crm-contact-card>; // wrong
export const right = (
  <crm-ticket-form heading-level="3" serial-hint="On the back" oncrm-save={() => {}}></crm-ticket-form>
);
