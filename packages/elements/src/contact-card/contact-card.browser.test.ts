import { CrmError } from '@tessera-crm/model/errors.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import { readFile, setViewport } from '@web/test-runner-commands';
import type { RecordDetail } from '../frame/events.ts';
import { testInstance, type TestInstance, type TestInstanceOptions } from '../test-support/instance.ts';
import { company, giulia, idOf, peopleStore, person } from '../test-support/people.ts';
import { switchStore } from '../test-support/switch-store.ts';
import { ContactCard } from './contact-card.ts';

ContactCard.define();

const all = (card: Element, selector: string): HTMLElement[] => [
  ...(card.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? []),
];

const words = (card: Element, selector: string): string[] =>
  all(card, selector).map((one) => (one.textContent ?? '').replaceAll(/\s+/g, ' ').trim());

/** Code is fetched file by file here, on a busy machine. */
const patience = { timeout: 8_000 };

const settled = (card: Element): Promise<void> =>
  waitUntil(() => all(card, '.head').length > 0 && all(card, '.bone').length === 0, 'the card is complete', patience);

describe('crm-contact-card', () => {
  let crm: TestInstance | undefined;
  afterEach(() => crm?.remove());

  const show = async (options: TestInstanceOptions = {}, record: string | object = giulia.id): Promise<ContactCard> => {
    crm = testInstance({ store: peopleStore(), ...options });
    const card = await fixture<ContactCard>(html`<crm-contact-card lang="en" .record=${record}></crm-contact-card>`);
    await settled(card);
    return card;
  };

  it('says who somebody is and how to reach them', async () => {
    const card = await show();
    expect(words(card, '.name')).to.deep.equal(['Giulia Rossi']);
    expect(words(card, '.job')).to.deep.equal(['Responsabile acquisti']);
    expect(words(card, '.avatar')).to.deep.equal(['GR']);
    expect(words(card, '[part=account]')).to.deep.equal(['Rossi Impianti Srl']);
    expect(words(card, '.chip')).to.deep.equal(['Customer', 'Satisfied']);
    const [phone] = all(card, 'a[part=phone]');
    expect(phone?.getAttribute('href')).to.equal('tel:+390255501234');
    expect(words(card, '.facts .cut').at(-1)).to.equal('Via Roma 1, 20025 Legnano (MI)');
    await expect(card).to.be.accessible();
  });

  it('adds up open deals, open tickets and revenue', async () => {
    const card = await show();
    expect(words(card, 'dt')).to.deep.equal(['Revenue 12 mo.', 'Open deals', 'Open ticket']);
    expect(words(card, 'dd')).to.deep.equal(['€84,200', '2 €4,201', '1']);
  });

  it('speaks Italian', async () => {
    crm = testInstance({ store: peopleStore() });
    const card = await fixture<ContactCard>(html`<crm-contact-card lang="it" record=${giulia.id}></crm-contact-card>`);
    await settled(card);
    expect(words(card, 'dd')[0]).to.equal('84.200 €');
    expect(words(card, '[part=call]')).to.deep.equal(['Chiama']);
  });

  it('takes a contact that the page has already, without an instance', async () => {
    const card = await fixture<ContactCard>(
      html`<crm-contact-card lang="en" .record=${person(9, { primaryAccount: null })}></crm-contact-card>`,
    );
    await waitUntil(() => words(card, '.name')[0] === 'Giulia Rossi', 'in time', patience);
    expect(card.matches(':state(ready)')).to.equal(true);
  });

  it('shows the customer for whom the token stands, without what is for salespeople', async () => {
    const store = peopleStore({ identity: { type: 'subject', module: 'contacts', id: giulia.id } });
    const asked: string[] = [];
    const { watch, watchList } = store;
    store.watch = (...args: Parameters<typeof watch>) => (asked.push(args[0]), watch.apply(store, args));
    store.watchList = (...args: Parameters<typeof watchList>) => (asked.push(args[0]), watchList.apply(store, args));
    crm = testInstance({ store });
    const card = await fixture<ContactCard>(html`<crm-contact-card lang="en" subject="me"></crm-contact-card>`);
    await settled(card);
    expect(words(card, '.name')).to.deep.equal(['Giulia Rossi']);
    expect(words(card, 'dt')).to.deep.equal([]);
    expect(asked).to.deep.equal(['contacts']);
  });

  it('follows changes', async () => {
    const store = peopleStore();
    const card = await show({ store });
    await store.apply([
      { op: 'update', module: 'contacts', id: giulia.id, values: { jobTitle: 'CEO' } },
      { op: 'update', module: 'accounts', id: company.id, values: { name: 'Rossi SpA' } },
    ]);
    await waitUntil(
      () => words(card, '.job')[0] === 'CEO' && words(card, '[part=account]')[0] === 'Rossi SpA',
      'in time',
      patience,
    );
    store.memory.records.remove('deals', idOf(201));
    await store.apply([{ op: 'update', module: 'contacts', id: giulia.id, values: { jobTitle: 'CTO' } }]);
    await waitUntil(() => words(card, 'dd')[1] === '1 €3,000', 'in time', patience);
  });

  it('does not call people who do not want it, and says so', async () => {
    const card = await show({}, person(1, { doNotCall: true, emailOptOut: true }));
    expect(all(card, '[href^=tel]')).to.deep.equal([]);
    expect(words(card, '.chip')).to.include.members(['Do not call', 'No advertising']);
    expect(words(card, '[part=phone]')).to.deep.equal(['+39 02 55501234']);
    await expect(card).to.be.accessible();
  });

  it('calls another number when the first must not be called', async () => {
    const [mobile, work] = giulia.phones!;
    const card = await show({}, person(1, { phones: [mobile, { ...work, doNotCall: true }] }));
    expect(all(card, '[part=call]')[0]?.getAttribute('href')).to.equal('tel:+393331234567');
    expect(all(card, 'a[part=phone]')).to.deep.equal([]);
  });

  it('writes to no address from which mail came back', async () => {
    const card = await show({}, person(1, { emails: [{ ...giulia.emails![0], invalid: true }] }));
    expect(all(card, '[href^=mailto]')).to.deep.equal([]);
  });

  it('shows further numbers on demand', async () => {
    const card = await show();
    all(card, '.more')[0]!.click();
    await waitUntil(() => all(card, '[part=phone]').length === 2, 'in time', patience);
    expect(all(card, '.more')[0]?.getAttribute('aria-expanded')).to.equal('true');
    await expect(card).to.be.accessible();
  });

  it('leads to the places that the page names, unless the page goes there itself', async () => {
    const card = await show({ links: ({ module, id }) => (module === 'accounts' ? null : `#/${module}/${id}`) });
    const name = all(card, 'a[part=name]')[0]!;
    expect(name.getAttribute('href')).to.equal(`#/contacts/${giulia.id}`);
    expect(all(card, 'a[part=account], button[part=account]')).to.deep.equal([]);
    card.addEventListener('crm-open', (event) => event.preventDefault());
    setTimeout(() => name.click());
    const { detail } = (await oneEvent(card, 'crm-open')) as CustomEvent<RecordDetail>;
    expect(detail).to.include({ module: 'contacts', id: giulia.id, version: 1 });
    expect((detail.record() as AnyRecord)['jobTitle']).to.equal('Responsabile acquisti');
    expect(location.hash).to.equal('');
  });

  it('refuses links that would run a script', async () => {
    const card = await show({ links: () => 'javascript:alert(1)' });
    expect(all(card, '[part=name]')[0]?.localName).to.equal('span');
  });

  /** Somebody of whom everything that the card shows is one text. */
  const hostile = (text: string) =>
    person(1, {
      name: { salutation: null, first: text, middle: null, last: text, suffix: null },
      jobTitle: text,
      phones: [{ ...giulia.phones![0], value: text, label: text }],
      emails: [{ ...giulia.emails![0], value: text, label: text }],
      mailingAddress: { formatted: text },
    });

  for (const text of [
    '<img src=x onerror="window.hit=1">',
    '"><script>window.hit=1</script>',
    'javascript:window.hit=1',
    '\u202egnp.exe',
    '{{constructor.constructor("window.hit=1")()}}',
    "';window.hit=1//",
  ]) {
    it(`shows ${JSON.stringify(text)} as the text it is`, async () => {
      const card = await show({}, hostile(text));
      expect(words(card, '.job')).to.deep.equal([text.trim()]);
      expect(all(card, 'bdi').length).to.be.greaterThan(4);
      expect(all(card, 'script, img, iframe')).to.deep.equal([]);
      for (const link of all(card, 'a') as HTMLAnchorElement[])
        expect(link.protocol).to.be.oneOf(['mailto:', 'tel:'], link.href);
      expect('hit' in window).to.equal(false);
    });
  }

  it('shows every naughty string as the text it is', async function () {
    const file = await readFile({ path: '../../../../../shared/data/hostile/blns.json' }).catch(() => undefined);
    if (file === undefined) return this.skip();
    const card = await show();
    const tags = (): readonly string[] => all(card, '*').map(({ localName }) => localName);
    const usual = new Set(tags());
    for (const text of (JSON.parse(file) as string[]).filter((one) => one.trim() !== '')) {
      card.record = hostile(text);
      await settled(card);
      expect(all(card, '.job')[0]?.textContent?.trim()).to.equal(text.trim());
      expect(
        tags().filter((tag) => !usual.has(tag)),
        text,
      ).to.deep.equal([]);
      for (const link of all(card, 'a') as HTMLAnchorElement[])
        expect(link.protocol).to.be.oneOf(['mailto:', 'tel:'], link.href);
    }
  });

  it('does without what this identity may not see', async () => {
    const inner = peopleStore();
    const forbidden = new CrmError('forbidden', 'no');
    const store = {
      ...switchStore(inner),
      watchList: (_module: string, _query: object, observer: { error?(error: CrmError): void }) => {
        queueMicrotask(() => observer.error?.(forbidden));
        return () => {};
      },
    };
    const card = await show({ store: store as unknown as typeof inner });
    expect(words(card, 'dt')).to.deep.equal(['Revenue 12 mo.']);
    expect(crm?.errors).to.deep.equal([]);
    expect(card.matches(':state(ready)')).to.equal(true);
  });

  it('shows what is missing of a person who hides nearly everything', async () => {
    const { id, version, name } = giulia;
    const card = await show({}, { id, version, name });
    expect(words(card, '.name')).to.deep.equal(['Giulia Rossi']);
    await expect(card).to.be.accessible();
  });

  it('marks old data without moving anything', async () => {
    const store = switchStore(peopleStore());
    const card = await show({ store });
    const before = card.getBoundingClientRect().height;
    store.fail(new CrmError('network', 'gone'));
    await waitUntil(() => card.matches(':state(offline)'), 'in time', patience);
    expect(words(card, '.chip').at(-1)).to.equal('Offline');
    expect(words(card, 'dd')).to.deep.equal(['€84,200', '2 €4,201', '1']);
    expect(card.getBoundingClientRect().height).to.equal(before);
  });

  for (const [code, slot] of [
    ['not-found', 'empty'],
    ['forbidden', 'forbidden'],
    ['internal', 'error'],
  ] as const) {
    it(`has a state for ${code}, which a page may replace by its own`, async () => {
      const store = switchStore(peopleStore());
      store.fail(new CrmError(code, 'no'));
      crm = testInstance({ store });
      const card = await fixture<ContactCard>(
        html`<crm-contact-card lang="en" record=${giulia.id}><p slot=${slot}>Ours</p></crm-contact-card>`,
      );
      await waitUntil(() => card.matches(`:state(${slot})`), 'in time', patience);
      const [place] = all(card, `slot[name=${slot}]`) as HTMLSlotElement[];
      expect(place?.assignedElements().map(({ textContent }) => textContent)).to.deep.equal(['Ours']);
      await expect(card).to.be.accessible();
    });
  }

  it('is as high while it loads as it is then, at any density and width', async () => {
    for (const density of [undefined, 'compact', 'comfortable'] as const) {
      for (const width of [320, 420, 800]) {
        await setViewport({ width, height: 700 });
        let answer = (): void => {};
        const store = switchStore(peopleStore());
        store.wait(new Promise<void>((resolve) => (answer = resolve)));
        crm = testInstance({ store });
        const card = await fixture<ContactCard>(
          html`<crm-contact-card lang="en" density=${density ?? ''} record=${giulia.id}></crm-contact-card>`,
        );
        const before = card.getBoundingClientRect().height;
        answer();
        await settled(card);
        expect(card.getBoundingClientRect().height).to.equal(before, `${density} at ${width}`);
        expect(card.scrollWidth).to.be.at.most(width);
        crm.remove();
      }
    }
    await setViewport({ width: 800, height: 600 });
  });
});
