// What a server renders: the attributes of properties that can be written into markup.
import { CrmTicketForm } from '@tessera-crm/elements/react';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

const props = { headingLevel: 3, mirrorInputs: true, required: false, values: { subject: 'x' }, className: 'mine' };
console.log(renderToStaticMarkup(createElement(CrmTicketForm, { ...props, onCrmSave: () => {} })));
