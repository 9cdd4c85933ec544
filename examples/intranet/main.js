// The sign-in switch of this example, and what a click on a record does. It runs before auto.js, which comes after it.

const tag = document.querySelector('script[data-token-url]');
const chosen = sessionStorage.getItem('intranet-user');
if (chosen) {
  tag.dataset.tokenUrl = `/dev/token?user=${encodeURIComponent(chosen)}`;
  // with a name for the person, data are kept on the device and the page goes on without network
  tag.dataset.user = chosen;
}

const signInAs = (id) => {
  sessionStorage.setItem('intranet-user', id);
  location.reload();
};

const who = document.querySelector('#who');
who.addEventListener('change', () => signInAs(who.value));

const { users } = await (await fetch('/dev/users')).json();
who.append(...users.map(({ id, name }) => new Option(name, id, false, id === chosen)));
if (users.length > 0 && !users.some(({ id }) => id === chosen))
  signInAs((users.find(({ admin }) => admin) ?? users[0]).id);

document.addEventListener('crm-open', (event) => {
  const { module, id, record } = event.detail;
  const contact = module === 'contacts' ? id : module === 'deals' ? record()?.contact : null;
  if (!contact) return;
  event.preventDefault();
  const card = document.querySelector('crm-contact-card');
  card.record = contact;
  card.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
});
