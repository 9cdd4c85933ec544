// What all of these pages share: whom they show, where the CRM is, and what they heard of its elements.
import { createCrm, tokenFrom } from '@tessera-crm/elements';

const asked = new URLSearchParams(location.search);

/** The contact whom the card shows and to whom the list is narrowed. */
export const contact = asked.get('contact') ?? '';

/** The name of the deal to which the board is narrowed. */
export const deal = asked.get('deal') ?? '';

const heard: string[] = [];
Object.assign(globalThis, { heard });

export const hear = (event: Event): void => {
  heard.push(`${event.type} ${(event.currentTarget as Element).localName}`);
};

/** After the page was rendered, so that its elements have everything before their code is there. */
export const start = (): void => {
  const backends = asked.get('crm') ?? '';
  const crm = createCrm({ backends, getToken: tokenFrom('/crm-token'), locale: 'en', currency: 'EUR' });
  void crm.define();
};
