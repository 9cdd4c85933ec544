// Fifty cards at once, each for the same few people.
const ids = ['01900000-0000-7000-8000-0000000000c1', '01900000-0000-7000-8000-0000000000c2'];
document.querySelector('#widgets').append(
  ...Array.from({ length: 50 }, (_, index) => {
    const card = document.createElement('crm-contact-card');
    card.id = `card-${index}`;
    card.setAttribute('record', ids[index % ids.length]);
    return card;
  }),
);
