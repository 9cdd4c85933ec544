import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { createCrm, type Crm } from '../crm.ts';
import { insideOf } from '../test-support/inside-of.ts';
import { registry } from '../test-support/people.ts';
import { accountStore } from '../test-support/sample-accounts.ts';
import type { RecordList } from './record-list.ts';

describe('the room of a record list', function () {
  this.timeout(15_000);

  let crm: Crm;
  afterEach(() => crm.destroy());

  const start = async (count: number): Promise<RecordList> => {
    crm = createCrm({ backends: accountStore(count), modules: registry, prefix: 'room' });
    await crm.define('record-list');
    const outer = await fixture<RecordList>(html`<room-record-list lang="en" module="accounts"></room-record-list>`);
    await waitUntil(() => insideOf(outer)?.shadowRoot?.querySelectorAll('[data-id]').length === count, 'rows', {
      timeout: 10_000,
    });
    return outer;
  };

  it('stays as it was while it loaded, until something else is asked', async () => {
    const list = await start(2);
    expect(list.offsetHeight).to.equal(254);
    list.query = { sort: ['-name'] };
    await waitUntil(() => list.offsetHeight < 200, 'it is as high as its rows');
  });

  it('is given back where nobody sees it', async () => {
    const list = await start(2);
    const above = document.createElement('div');
    above.style.height = '300vh';
    list.before(above);
    await waitUntil(() => list.offsetHeight < 200, 'it is as high as its rows');
  });

  it('grows with what came', async () => {
    const list = await start(12);
    expect(list.offsetHeight).to.be.greaterThan(400);
  });
});
