import { createCrm, tokenFrom } from '/elements/index.js';

const at = (id) => document.getElementById(id);
const place = at('place');
let crm;

/** The customer's own history: there is no id in the page, and the token lets nothing else through. */
const showAccount = ({ id, name }) => {
  crm = createCrm({
    backends: '',
    getToken: tokenFrom('api/crm-token'),
    identity: id,
    locale: 'en',
    currency: 'EUR',
    appearance: { theme: 'inherit' },
    links: () => null,
  });
  void crm.define('record-list', 'ticket-form');
  place.replaceChildren(at('account').content.cloneNode(true));
  place.querySelector('crm-ticket-form').draftKey = id;
  at('greeting').textContent = `Hello ${name.split(' ')[0]}`;
};

const show = (customer) => {
  at('sign-in').hidden = customer !== null;
  at('sign-out').hidden = customer === null;
  if (customer) return showAccount(customer);
  at('greeting').textContent = 'Your account';
  place.replaceChildren();
};

const session = async (method, body) => {
  const json = { 'content-type': 'application/json' };
  const answer = await fetch('api/session', { method, ...(body && { headers: json, body: JSON.stringify(body) }) });
  return answer.ok ? answer.json() : null;
};

const signIn = async (customer) => show(await session('POST', { customer }));

const signOut = async () => {
  show(await session('DELETE'));
  // nothing of this customer stays on the device
  await crm.signOut({ purge: true });
  await crm.destroy();
};

at('sign-in').addEventListener('submit', (event) => {
  event.preventDefault();
  void signIn(event.submitter.value);
});
at('sign-out').addEventListener('click', () => void signOut());

show(await session('GET'));
