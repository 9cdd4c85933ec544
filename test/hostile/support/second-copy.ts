import assert from 'node:assert/strict';
import type { Host } from './host.ts';
import { seen } from './known.ts';
import type { Visit } from './visit.ts';

/** A page with two bundles shows the elements of both. */
export const secondLives: NonNullable<Host['checks']> = {
  'the elements of the second copy live, too, under their own prefix': async (visit) => {
    await visit.open();
    await visit.shows('second', seen.contact);
    await visit.shows('card', seen.contact);
    // Above it, and of another height than what keeps its place
    await visit.shows('history', seen.ticket);
    await visit.shows('board', seen.deal);
    await visit.click('second', 'button', seen.contact);
    await visit.heard('acme-open', 'second');
    assert.deepEqual(await visit.complaints(), []);
  },
};

/** Every instance of the page says so by its diagnostics, and nothing worse. */
export const tellsOf = async (visit: Visit, code: string, version: string): Promise<void> => {
  const all = await visit.tab.evaluate(() =>
    Promise.all(hostile.instances.map(async (one) => (await one.diagnostics()).findings)),
  );
  for (const findings of all) {
    const told = findings.filter((one) => !one.code.startsWith('storage-'));
    assert.deepEqual(
      told.map((one) => one.code),
      [code],
    );
    assert.ok(told[0]!.message.includes(version), told[0]!.message);
  }
  assert.equal(all.length, 2);
};

/** Whose elements are: prefix and number of the page's instance, or a provider's. */
export const belonging = (visit: Visit, ids: readonly string[]): Promise<readonly string[]> =>
  visit.tab.evaluate((all) => {
    const { instances } = hostile;
    return all.map((id) => {
      const { crm } = document.getElementById(id) as unknown as { readonly crm: HostilePageCrm | undefined };
      if (!crm) return 'nobody’s';
      return `${crm.prefix} ${instances.includes(crm) ? instances.indexOf(crm) : 'of a provider'}`;
    });
  }, ids);
