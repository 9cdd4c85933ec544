import { randomBytes } from 'node:crypto';
import { uuid7 } from '@tessera-crm/model/id.js';
import { seededRandom, type Random } from '@tessera-crm/model/random.js';

const batch = 500;
const first = ['Ada', 'Bruno', 'Chiara', 'Dario', 'Elena', 'Fabio', 'Giulia', 'Hugo', 'Irene', 'Luca'];
const last = ['Rossi', 'Bianchi', 'Ferrari', 'Conti', 'Moretti', 'Gallo', 'Fontana', 'Müller', 'Dubois', 'García'];
const lifecycles = ['subscriber', 'lead', 'mql', 'sql', 'opportunity', 'customer'];

const contact = (random: Random, n: number) => ({
  name: { salutation: null, first: random.pick(first), middle: null, last: `${random.pick(last)} ${n}`, suffix: null },
  jobTitle: 'Buyer',
  department: 'Sales',
  lifecycle: random.pick(lifecycles),
  emails: [{ value: `c${n}@example.com`, label: null, primary: true, invalid: false, optOut: false }],
  phones: [{ value: `+390331${n}`, extension: null, label: null, primary: true, doNotCall: false, country: 'IT' }],
  mailingAddress: {
    line1: 'Via Roma',
    number: String(n % 90),
    postalCode: '20025',
    city: 'Legnano',
    province: 'MI',
    country: 'IT',
  },
});

/** Fills the tenant of a key with contacts through the API, as an import would. @returns Their ids. */
export const loadContacts = async (address: string, token: string, count: number): Promise<readonly string[]> => {
  const random = seededRandom(1);
  const ids = Array.from({ length: count }, () => uuid7(Date.now(), randomBytes(10)));
  const started = performance.now();
  for (let done = 0; done < count; done += batch) {
    const changes = ids
      .slice(done, done + batch)
      .map((id, index) => ({ op: 'create', module: 'contacts', id, values: contact(random, done + index) }));
    const answer = await fetch(`${address}/v1/changes`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ changes }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(text);
  }
  const perSecond = Math.round(count / ((performance.now() - started) / 1000));
  console.log(`${count} contacts in batches of ${batch}: ${perSecond} records/s`);
  return ids;
};
