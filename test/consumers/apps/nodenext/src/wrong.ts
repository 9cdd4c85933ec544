import '@tessera-crm/elements';

document.querySelector('crm-record-list')!.limit = 'many'; // wrong
document.querySelector('crm-contact-card')!.recrod = ''; // wrong
document.querySelector('crm-contact-card')!.viewState = 'ready'; // wrong
document.addEventListener('crm-open', ({ detail }) => detail.nothing); // wrong
