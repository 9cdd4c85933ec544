import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import { domainsOf, registrableDomain } from '../../rules/web-domains.ts';
import { issuesOf, RuleBench } from '../../testing/rule-bench.ts';

const anna = { salutation: null, first: 'Anna', middle: null, last: 'Rossi', suffix: null };
const mail = (value: string) => [{ value, label: null, primary: true, invalid: false, optOut: false }];
const via = { line1: 'Via Roma', number: '1', city: 'Legnano', postalCode: '20025', province: 'MI', country: 'IT' };

describe('an account', () => {
  test('keeps fiscal numbers tidy and refuses wrong ones', async () => {
    const bench = new RuleBench();
    const account = await bench.add('accounts', { name: 'Neri', vatNumber: 'it 00743110157', sdiCode: 'abc1234' });
    assert.equal(account['vatNumber'], '00743110157');
    assert.equal(account['sdiCode'], 'ABC1234');
    const wrong = {
      name: 'Neri',
      vatNumber: '00743110158',
      taxCode: 'RSSMRA85T10A562X',
      iban: 'IT61X0542811101000000123456',
      sdiCode: '12',
    };
    assert.deepEqual(await issuesOf(bench.add('accounts', wrong)), [
      '/vatNumber vat-number',
      '/taxCode tax-code',
      '/iban iban',
      '/sdiCode sdi-code',
    ]);
    const german = await bench.add('accounts', { name: 'Weiß', vatCountry: 'DE', vatNumber: 'DE 136695976' });
    assert.equal(german['vatNumber'], '136695976');
  });

  test('is the only one with its VAT number, failing that its tax code, when the tenant wants that', async () => {
    const bench = new RuleBench({ uniqueFiscalId: true });
    await bench.add('accounts', { name: 'Neri', vatNumber: '00743110157' });
    const again = { name: 'Other', vatNumber: 'IT00743110157' };
    assert.deepEqual(await issuesOf(bench.add('accounts', again)), ['/vatNumber taken']);
    await bench.add('accounts', { name: 'A', taxCode: 'RSSMRA85T10A562S' });
    const person = { name: 'B', taxCode: 'rssmra85t10a562s' };
    assert.deepEqual(await issuesOf(bench.add('accounts', person)), ['/taxCode taken']);
    await bench.add('accounts', { name: 'C' });
    await bench.add('accounts', { name: 'D' });
    const lax = new RuleBench();
    await lax.add('accounts', { name: 'Neri', vatNumber: '00743110157' });
    assert.deepEqual(await issuesOf(lax.add('accounts', again)), []);
  });

  test('knows its domains, not those of mail providers', () => {
    assert.deepEqual(domainsOf('https://www.acme.it/shop', [...mail('a@gmail.com'), ...mail('b@mail.acme.it')]), [
      'acme.it',
    ]);
    assert.equal(domainsOf(null, mail('a@libero.it')), null);
    assert.equal(registrableDomain('shop.Acme.co.uk'), 'acme.co.uk');
  });

  test('is not above itself, and no more than ten deep', async () => {
    const bench = new RuleBench();
    let parent = await bench.add('accounts', { name: 'top' });
    const top = parent;
    for (let depth = 1; depth <= 10; depth++) {
      parent = await bench.add('accounts', { name: `below ${depth}`, parent: parent.id });
    }
    const work = bench.add('accounts', { name: 'too deep', parent: parent.id });
    assert.deepEqual(await issuesOf(work), ['/parent too-deep']);
    assert.ok((await issuesOf(bench.set('accounts', top, { parent: parent.id }))).includes('/parent cycle'));
  });

  test('keeps the lifecycle that a person chose', async () => {
    const bench = new RuleBench();
    const account = await bench.add('accounts', { name: 'Neri' });
    assert.equal((await bench.set('accounts', account, { lifecycle: 'suspect' }))['lifecycleLocked'], true);
  });
});

describe('the account of a person', () => {
  test('is called like the person and brings one contact', async () => {
    const bench = new RuleBench();
    const account = await bench.add('accounts', { kind: 'person', personName: anna, billingAddress: via });
    assert.equal(account['name'], 'Anna Rossi');
    const [contact, ...more] = await bench.find('contacts');
    assert.equal(more.length, 0);
    assert.equal(account['personContact'], contact!.id);
    assert.equal(contact!['personAccount'], account.id);
    assert.deepEqual(contact!['name'], anna);
    assert.deepEqual(contact!['mailingAddress'], account['billingAddress']);
    assert.equal((await bench.find('accountContacts', { account: account.id })).length, 1);
    assert.deepEqual(await issuesOf(bench.add('accounts', { kind: 'person' })), ['/name required']);
    const nameless = bench.add('accounts', { kind: 'person', name: 'X' });
    assert.deepEqual(await issuesOf(nameless), ['/personName required']);
  });

  test('and its contact change together, whichever is edited', async () => {
    const bench = new RuleBench();
    const account = await bench.add('accounts', { kind: 'person', personName: anna });
    const contact = bench.get('contacts', account['personContact']);
    await bench.set('accounts', account, { emails: mail('anna@rossi.it') });
    assert.deepEqual(bench.get('contacts', contact.id)['emails'], mail('anna@rossi.it'));
    await bench.set('contacts', contact, { name: { ...anna, last: 'Bianchi' } });
    assert.equal(bench.get('accounts', account.id)['name'], 'Anna Bianchi');
  });

  test('and its contact are deleted and restored together', async () => {
    const bench = new RuleBench();
    const account = await bench.add('accounts', { kind: 'person', personName: anna });
    const contact = bench.get('contacts', account['personContact']);
    await bench.remove('contacts', contact);
    assert.equal((await bench.find('accounts')).length, 0);
    await bench.restore('contacts', contact);
    assert.equal(bench.get('accounts', account.id)['personContact'], contact.id);
    await bench.remove('accounts', account);
    assert.equal((await bench.find('contacts')).length, 0);
  });

  test('lets go of its contact when it turns out to be a company', async () => {
    const bench = new RuleBench();
    const account = await bench.add('accounts', { kind: 'person', personName: anna });
    await bench.set('accounts', account, { kind: 'business' });
    assert.equal(bench.get('contacts', account['personContact'])['personAccount'], null);
    await bench.remove('accounts', account);
    assert.equal((await bench.find('contacts')).length, 1);
  });
});

describe('the links of contacts and accounts', () => {
  const office = async () => {
    const bench = new RuleBench();
    const [neri, verdi] = [
      await bench.add('accounts', { name: 'Neri' }),
      await bench.add('accounts', { name: 'Verdi' }),
    ];
    return { bench, neri, verdi, ada: await bench.add('contacts', { name: anna }) };
  };

  test('one is the primary one: the first, then whichever is named', async () => {
    const { bench, neri, verdi, ada } = await office();
    const first = await bench.add('accountContacts', { account: neri.id, contact: ada.id });
    assert.equal(first['isPrimary'], true);
    assert.equal(bench.get('contacts', ada.id)['primaryAccount'], neri.id);
    const second = await bench.add('accountContacts', { account: verdi.id, contact: ada.id });
    assert.equal(second['isPrimary'], false);
    await bench.set('accountContacts', second, { isPrimary: true });
    assert.equal(bench.get('accountContacts', first.id)['isPrimary'], false);
    assert.equal(bench.get('contacts', ada.id)['primaryAccount'], verdi.id);
    const kept = await bench.set('accountContacts', second, { isPrimary: false });
    assert.equal(kept['isPrimary'], true);
  });

  test('naming the account of a contact makes the link, and the other way round', async () => {
    const { bench, neri, verdi, ada } = await office();
    await bench.set('contacts', ada, { primaryAccount: neri.id });
    const [link] = await bench.find('accountContacts');
    assert.equal(link!['isPrimary'], true);
    await bench.set('contacts', ada, { primaryAccount: verdi.id });
    assert.equal((await bench.find('accountContacts', { isPrimary: true })).length, 1);
    assert.equal((await bench.find('accountContacts')).length, 2);
  });

  test('end on a day and stay; the next one becomes primary', async () => {
    const { bench, neri, verdi, ada } = await office();
    const first = await bench.add('accountContacts', { account: neri.id, contact: ada.id });
    const second = await bench.add('accountContacts', { account: verdi.id, contact: ada.id });
    const ended = await bench.set('accountContacts', first, { isActive: false });
    assert.equal(ended['to'], '2026-06-15');
    assert.equal(ended['isPrimary'], false);
    assert.equal(bench.get('accountContacts', second.id)['isPrimary'], true);
    await bench.set('accountContacts', second, { to: '2026-06-01' });
    assert.equal(bench.get('contacts', ada.id)['primaryAccount'], null);
    const again = await bench.set('accountContacts', first, { isActive: true });
    assert.equal(again['to'], null);
    const work = bench.set('accountContacts', first, { from: '2026-05-02', to: '2026-05-01' });
    assert.deepEqual(await issuesOf(work), ['/to before-start']);
  });

  test('are one per function, and one without', async () => {
    const { bench, neri, ada } = await office();
    const link = { account: neri.id, contact: ada.id };
    await bench.add('accountContacts', link);
    assert.deepEqual(await issuesOf(bench.add('accountContacts', link)), ['/function taken']);
    await bench.add('accountContacts', { ...link, function: 'it' });
    const again = bench.add('accountContacts', { ...link, function: 'it' });
    assert.deepEqual(await issuesOf(again), ['/function taken']);
  });

  test('deleted with their account come back with it; alone they hand over', async () => {
    const { bench, neri, verdi, ada } = await office();
    const first = await bench.add('accountContacts', { account: neri.id, contact: ada.id });
    await bench.remove('accounts', neri);
    await bench.restore('accounts', neri);
    assert.equal(bench.get('contacts', ada.id)['primaryAccount'], neri.id);
    assert.equal(bench.get('accountContacts', first.id)['isPrimary'], true);
    const second = await bench.add('accountContacts', { account: verdi.id, contact: ada.id });
    await bench.remove('accountContacts', first);
    assert.equal(bench.get('accountContacts', second.id)['isPrimary'], true);
    await bench.remove('accountContacts', second);
    assert.equal(bench.get('contacts', ada.id)['primaryAccount'], null);
  });
});

describe('contacts and sites', () => {
  test('an address leads to one contact when the tenant wants that', async () => {
    const bench = new RuleBench({ uniqueContactEmail: true });
    await bench.add('contacts', { name: anna, emails: mail('Anna@rossi.it') });
    const again = bench.add('contacts', { name: anna, emails: mail('anna@ROSSI.it') });
    assert.deepEqual(await issuesOf(again), ['/emails taken']);
  });

  test('access to the portal counts from today', async () => {
    const contact = await new RuleBench().add('contacts', { name: anna, portalUser: true });
    assert.equal(contact['portalSince'], '2026-06-15');
  });

  test('nobody reports to whoever reports to them', async () => {
    const bench = new RuleBench();
    const boss = await bench.add('contacts', { name: anna });
    const worker = await bench.add('contacts', { name: anna, reportsTo: boss.id });
    assert.deepEqual(await issuesOf(bench.set('contacts', boss, { reportsTo: worker.id })), ['/reportsTo cycle']);
  });

  test('an account has one default site per purpose', async () => {
    const bench = new RuleBench();
    const account = await bench.add('accounts', { name: 'Neri' });
    const site = { account: account.id, name: 'A', address: via, isDefaultBilling: true, isDefaultShipping: true };
    const first = await bench.add('sites', site);
    await bench.add('sites', { ...site, name: 'B', isDefaultShipping: false });
    const { isDefaultBilling, isDefaultShipping } = bench.get('sites', first.id);
    assert.deepEqual({ isDefaultBilling, isDefaultShipping }, { isDefaultBilling: false, isDefaultShipping: true });
  });
});
