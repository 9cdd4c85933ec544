/** Ids of the records that the pages show, so that the pages are static files. */
export const known = {
  account: '01900000-0000-7000-8000-0000000000a1',
  contact: '01900000-0000-7000-8000-0000000000c1',
  otherContact: '01900000-0000-7000-8000-0000000000c2',
  hostileContact: '01900000-0000-7000-8000-0000000000c3',
} as const;

/** What is seen of them. */
export const seen = {
  contact: 'Ottavia Quintarelli',
  otherContact: 'Marco Brutus',
  deal: 'Lighting for the lido',
  ticket: 'The switch hums',
} as const;
