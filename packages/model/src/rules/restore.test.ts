import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import { issuesOf, RuleBench } from '../testing/rule-bench.ts';

const ada = { salutation: null, first: 'Ada', middle: null, last: 'Neri', suffix: null };
const city = { city: 'Milano' };

describe('a record that comes back from the recycle bin', () => {
  test('is refused where the tenant wants a value once, and somebody else has it by now', async () => {
    const bench = new RuleBench({ uniqueFiscalId: true, uniqueContactEmail: true });
    const emails = [{ value: 'ada@neri.it' }];
    for (const [module, values, issue] of [
      ['accounts', { name: 'Neri', vatNumber: '00743110157' }, '/vatNumber taken'],
      ['contacts', { name: ada, emails }, '/emails taken'],
    ] as const) {
      const first = await bench.add(module, values);
      await bench.remove(module, first);
      const second = await bench.add(module, values);
      assert.deepEqual(await issuesOf(bench.restore(module, first)), [issue]);
      await bench.remove(module, second);
      await bench.restore(module, first);
      assert.equal(bench.get(module, first.id).id, first.id);
    }
  });

  test('is refused where a person has the same function in the company by now', async () => {
    const bench = new RuleBench();
    const acme = await bench.add('accounts', { name: 'Acme' });
    const contact = await bench.add('contacts', { name: ada, primaryAccount: acme.id });
    const deleted = await bench.add('accountContacts', { account: acme.id, contact: contact.id, function: 'it' });
    await bench.remove('accountContacts', deleted);
    await bench.add('accountContacts', { account: acme.id, contact: contact.id, function: 'it' });
    assert.deepEqual(await issuesOf(bench.restore('accountContacts', deleted)), ['/function taken']);
  });

  test('leaves a mark that only one has with whoever has it now', async () => {
    const bench = new RuleBench();
    const { id: account } = await bench.add('accounts', { name: 'Neri' });
    const site = { account, address: city, isDefaultBilling: true };
    const first = await bench.add('sites', { ...site, name: 'HQ' });
    await bench.remove('sites', first);
    const second = await bench.add('sites', { ...site, name: 'New HQ' });
    await bench.restore('sites', first);
    assert.deepEqual(
      [first, second].map(({ id }) => bench.get('sites', id)['isDefaultBilling']),
      [false, true],
    );
  });

  test('is the primary link of a contact only where there is no other by now', async () => {
    const bench = new RuleBench();
    const [acme, other] = [await bench.add('accounts', { name: 'A' }), await bench.add('accounts', { name: 'B' })];
    const contact = await bench.add('contacts', { name: ada, primaryAccount: acme.id });
    const [link] = await bench.find('accountContacts', { contact: contact.id });
    await bench.remove('accountContacts', link!);
    await bench.set('contacts', contact, { primaryAccount: other.id });
    await bench.restore('accountContacts', link!);
    assert.equal(bench.get('accountContacts', link!.id)['isPrimary'], false);
    assert.equal(bench.get('contacts', contact.id)['primaryAccount'], other.id);
  });
});
