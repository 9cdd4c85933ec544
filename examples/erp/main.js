import { createCrm } from '/elements/index.js';

/** In a real system: the session of its own user. Here the development sign-in gives a token. */
const getToken = async ({ signal }) =>
  (await fetch('/dev/token?user=administrator', { method: 'POST', signal })).json();

export const acme = createCrm({
  prefix: 'acme',
  backends: { main: '' },
  getToken,
  locale: 'it',
  currency: 'EUR',
  timeZone: 'Europe/Rome',
  appearance: {
    theme: 'inherit',
    variables: {
      accent: 'light-dark(#0a7a4b, #4fd39a)',
      surface: 'light-dark(#ffffff, #14211c)',
      text: 'light-dark(#10231b, #e3efe9)',
      radius: '2px',
      font: '"Trebuchet MS", "Liberation Sans", sans-serif',
    },
  },
  links: ({ module, id }) => `#/${module}/${id}`,
});
void acme.define('record-list', 'contact-card');

/** The vendor's own router: `#/contacts/<id>` shows that person. */
const route = () => {
  const [, module, id] = location.hash.split('/');
  document.querySelector('#route').textContent = location.hash || '#/contacts';
  if (module !== 'contacts' || !id) return;
  document.querySelector('acme-contact-card').record = id;
  document.querySelector('acme-record-list').current = id;
};
addEventListener('hashchange', route);
route();

const button = document.querySelector('#theme');
button.addEventListener('click', () => {
  const isDark = document.documentElement.classList.toggle('dark');
  button.setAttribute('aria-pressed', String(isDark));
});
