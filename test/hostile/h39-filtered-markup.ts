import type { Host } from './support/host.ts';
import { seen } from './support/known.ts';

export const host: Host = {
  does: 'filters that take unknown tags away, and put paragraphs and breaks between the others',
  engines: ['chromium'],
  why: 'the language and its libraries are the same in every engine',
  without: 'the markup on this page is broken on purpose',
  checks: {
    'an element with paragraphs and breaks inside shows what it should': async (visit) => {
      await visit.open();
      await visit.shows('card', seen.contact);
    },
    '`<div data-crm="contact-card">` becomes the element, where only such markup gets through': async (visit) => {
      await visit.open();
      await visit.until(
        'the div shows the contact',
        (name) => {
          const place = document.querySelector('[data-crm]');
          const shown = place?.shadowRoot ?? place;
          return shown ? hostile.all(shown).some((one) => (one.textContent ?? '').includes(name)) : false;
        },
        seen.contact,
      );
    },
  },
};
