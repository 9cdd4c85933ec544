export const limit = <crm-record-list limit="many"></crm-record-list>; // wrong
export const detail = <crm-contact-card oncrm-open={(event) => event.detail.nothing}></crm-contact-card>; // wrong
