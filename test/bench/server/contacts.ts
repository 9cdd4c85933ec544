import { randomBytes } from 'node:crypto';
import { uuid7 } from '@tessera-crm/model/id.js';
import { seededRandom } from '@tessera-crm/model/random.js';

const batch = 500;
const first = ['Ada', 'Bruno', 'Chiara', 'Dario', 'Elena', 'Fabio', 'Giulia', 'Hugo', 'Irene', 'Luca'];
const last = ['Rossi', 'Bianchi', 'Ferrari', 'Conti', 'Moretti', 'Gallo', 'Fontana', 'Müller', 'Dubois', 'García'];
const lifecycles = ['subscriber', 'lead', 'mql', 'sql', 'opportunity', 'customer'];

/** Fills the tenant of a key with contacts through the API, as an import would. @returns Their ids. */
export const loadContacts = async (address: string, token: string, count: number): Promise<readonly string[]> => {
  const random = seededRandom(1);
  const ids: string[] = [];
  const started = performance.now();
  for (let done = 0; done < count; done += batch) {
    const changes = Array.from({ length: Math.min(batch, count - done) }, (_, index) => {
      const id = uuid7(Date.now(), randomBytes(10));
      ids.push(id);
      const n = done + index;
      return {
        op: 'create',
        module: 'contacts',
        id,
        values: {
          name: {
            salutation: null,
            first: random.pick(first),
            middle: null,
            last: `${random.pick(last)} ${n}`,
            suffix: null,
          },
          jobTitle: 'Buyer',
          department: 'Sales',
          lifecycle: random.pick(lifecycles),
          emails: [{ value: `c${n}@example.com`, label: null, primary: true, invalid: false, optOut: false }],
          phones: [
            { value: `+390331${n}`, extension: null, label: null, primary: true, doNotCall: false, country: 'IT' },
          ],
          mailingAddress: {
            line1: 'Via Roma',
            number: String(n % 90),
            postalCode: '20025',
            city: 'Legnano',
            province: 'MI',
            country: 'IT',
          },
        },
      };
    });
    const answer = await fetch(`${address}/v1/changes`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ changes }),
    });
    if (!answer.ok) throw new Error(await answer.text());
    await answer.arrayBuffer();
  }
  console.log(
    `${count} contacts in batches of ${batch}: ${Math.round(count / ((performance.now() - started) / 1000))} records/s`,
  );
  return ids;
};
