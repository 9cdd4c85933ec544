/** A contact as the server gives it, with every field: about 1.4 kB of JSON. */
export interface Contact {
  readonly id: string;
  readonly version: number;
  readonly name: { readonly first: string; readonly last: string; readonly [part: string]: string | null };
  readonly lifecycle: string;
  readonly jobTitle: string;
  readonly [field: string]: unknown;
}

/** What a contact has that nobody told anything of; all of them name their fields in this order. */
const blank = {
  id: '',
  version: 1,
  name: null,
  number: null,
  salutation: null,
  jobTitle: null,
  department: null,
  primaryAccount: null,
  personAccount: null,
  reportsTo: null,
  assistantName: null,
  assistantPhone: null,
  phones: null,
  emails: null,
  birthday: null,
  taxCode: null,
  language: null,
  timeZone: null,
  photo: null,
  mailingAddress: null,
  otherAddress: null,
  geo: null,
  leadSource: null,
  lifecycle: null,
  engagementScore: null,
  profileStars: null,
  sentiment: null,
  doNotCall: false,
  emailOptOut: false,
  portalUser: false,
  portalSince: null,
  portalUntil: null,
  isReference: false,
  characteristics: null,
  description: null,
  owner: null,
  collaborators: null,
  followers: null,
  tags: null,
  source: 'import',
  sourceRef: null,
  externalIds: null,
  custom: null,
  createdAt: '2026-06-15T10:00:00.000Z',
  createdBy: { module: 'users', id: '01900000-0000-7000-8000-000000000001' },
  updatedAt: '2026-06-15T10:00:00.000Z',
  updatedBy: { module: 'users', id: '01900000-0000-7000-8000-000000000001' },
  archivedAt: null,
  deletedAt: null,
  deletedBy: null,
  deletionBatch: null,
  lastActivityAt: null,
  nextActivityAt: null,
};

const firsts = ['Anna', 'Bruno', 'Chiara', 'Dario', 'Elena', 'Fabio', 'Giulia', 'Luca', 'Marta', 'Paolo'];
const lasts = ['Bianchi', 'Conti', 'Esposito', 'Ferrari', 'Gallo', 'Greco', 'Marino', 'Moretti', 'Ricci', 'Rossi'];
const others = ['subscriber', 'lead', 'mql', 'sql'];

/** Numbers that look like chance and are the same every time. */
const scattered = (index: number, most: number): number => (Math.imul(index + 1, 0x9e37_79b1) >>> 8) % most;

const idOf = (prefix: string, index: number): string => `${prefix}-7000-8000-${String(index).padStart(12, '0')}`;

/** Of ten contacts eight are customers. No two have the same last name, and all sort by it as plain text does. */
export const contactOf = (index: number): Contact => {
  const first = firsts[scattered(index, 10)]!;
  const family = lasts[scattered(index * 3, 10)]!;
  const place = scattered(index * 7, 1_000_000);
  const email = `${first}.${family}.${index}@example.com`.toLowerCase();
  return {
    ...blank,
    id: idOf('01900000-0000', index),
    name: { salutation: null, first, middle: null, last: `${family} ${place}-${index}`, suffix: null },
    number: `CON${index}`,
    jobTitle: `Buyer ${index % 50}`,
    primaryAccount: idOf('01910000-0000', index % 5000),
    phones: [{ value: `+39033${place}`, extension: null, label: null, primary: true, doNotCall: false, country: 'IT' }],
    emails: [{ value: email, label: null, primary: true, invalid: false, optOut: false }],
    lifecycle: index % 5 === 0 ? others[index % 4]! : 'customer',
    owner: { type: 'user', id: idOf('01920000-0000', index % 50) },
  };
};

export const contacts = (count: number): readonly Contact[] =>
  Array.from({ length: count }, (_, index) => contactOf(index));
